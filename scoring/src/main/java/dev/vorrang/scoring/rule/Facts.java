package dev.vorrang.scoring.rule;

import com.google.protobuf.Timestamp;
import dev.vorrang.schemas.Address;
import dev.vorrang.schemas.Attachment;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.Priority;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything a condition may ask about one mail, under the names that {@link Conditions} declares. The values are laid out
 * for CEL on first use and then kept, so that many conditions share them: for one thread at a time.
 */
public final class Facts {

    private final EmailMessage mail;
    private final Opinion topic;
    private final Opinion sentiment;
    private final boolean abstained;
    private final int repeats;
    private final boolean vip;
    private final Map<String, Object> found = new HashMap<>();

    /**
     * @param mail the mail
     * @param topic what it is about
     * @param sentiment how its writer feels
     * @param abstained whether the model is below its confidence threshold
     * @param repeats mails of this thread that came before it, 0 or more
     * @param vip whether its sender is a VIP
     */
    public Facts(EmailMessage mail, Opinion topic, Opinion sentiment, boolean abstained, int repeats, boolean vip) {
        this.mail = Objects.requireNonNull(mail, "mail");
        this.topic = Objects.requireNonNull(topic, "topic");
        this.sentiment = Objects.requireNonNull(sentiment, "sentiment");
        this.abstained = abstained;
        this.repeats = repeats;
        this.vip = vip;
    }

    /** The same facts for routes, which may also ask for the priority. */
    public Facts withPriority(Priority priority, float priorityScore) {
        var facts = new Facts(mail, topic, sentiment, abstained, repeats, vip);
        facts.found.putAll(found);
        facts.found.put(Conditions.PRIORITY, priority.name());
        facts.found.put(Conditions.PRIORITY_SCORE, (double) priorityScore);
        return facts;
    }

    public EmailMessage mail() {
        return mail;
    }

    public Opinion topic() {
        return topic;
    }

    public Opinion sentiment() {
        return sentiment;
    }

    public boolean abstained() {
        return abstained;
    }

    public int repeats() {
        return repeats;
    }

    public boolean vip() {
        return vip;
    }

    Optional<Object> find(String name) {
        return Optional.ofNullable(found.computeIfAbsent(name, this::value));
    }

    private Object value(String name) {
        return switch (name) {
            case Conditions.MAIL -> mailFields();
            case Conditions.SCORE -> scoreFields();
            case Conditions.ABSTAINED -> abstained;
            case Conditions.REPEATS -> (long) repeats;
            case Conditions.VIP -> vip;
            default -> null;
        };
    }

    private Map<String, Object> mailFields() {
        return Map.ofEntries(
                Map.entry("id", mail.getId()),
                Map.entry("thread", mail.getThread()),
                Map.entry("source", mail.getSource()),
                Map.entry(
                        "sender",
                        mail.getFrom().isEmpty() ? "" : mail.getFrom().get(0).getAddress()),
                Map.entry("from", addresses(mail.getFrom())),
                Map.entry("to", addresses(mail.getTo())),
                Map.entry("cc", addresses(mail.getCc())),
                Map.entry("replyTo", addresses(mail.getReplyTo())),
                Map.entry("subject", mail.getSubject()),
                Map.entry("text", mail.getText()),
                Map.entry("textTruncated", mail.getTextTruncated()),
                Map.entry(
                        "attachments",
                        mail.getAttachments().stream()
                                .map(Facts::attachmentFields)
                                .toList()),
                Map.entry("automatic", mail.getAutomatic().name()),
                Map.entry("flags", mail.getFlags()),
                Map.entry("parseStatus", mail.getParseStatus().name()),
                Map.entry("receivedAt", timestamp(mail.getReceivedAt())),
                Map.entry("size", mail.getSize()));
    }

    private Map<String, Object> scoreFields() {
        return Map.of(
                "topic", topic.label(),
                "topicConfidence", (double) topic.confidence(),
                "topics", doubles(topic.probabilities()),
                "sentiment", sentiment.label(),
                "sentimentConfidence", (double) sentiment.confidence(),
                "sentiments", doubles(sentiment.probabilities()));
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    private static List<String> addresses(List<Address> addresses) {
        // Most of a mail's lists are empty, and facts are made for every mail.
        return addresses.isEmpty()
                ? List.of()
                : addresses.stream().map(Address::getAddress).toList();
    }

    private static Map<String, Object> attachmentFields(Attachment attachment) {
        return Map.of(
                "name", attachment.getName() == null ? "" : attachment.getName(),
                "type", attachment.getType(),
                "size", attachment.getSize(),
                "sha256", attachment.getSha256());
    }

    private static Map<String, Double> doubles(Map<String, Float> probabilities) {
        var doubles = new HashMap<String, Double>();
        probabilities.forEach((label, probability) -> doubles.put(label, (double) probability));
        return doubles;
    }
}

package dev.vorrang.scoring.rule;

import com.google.common.collect.Maps;
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
import java.util.function.Function;

/**
 * Everything a condition may ask about one mail, under the names that {@link Conditions} declares. The values are laid out
 * for CEL on first use and then kept, so that many conditions share them: for one thread at a time.
 */
public final class Facts {

    private static final Map<String, Function<EmailMessage, Object>> MAIL_FIELDS = Map.ofEntries(
            entry("id", EmailMessage::getId),
            entry("thread", EmailMessage::getThread),
            entry("source", EmailMessage::getSource),
            entry("sender", Facts::sender),
            entry("from", mail -> addresses(mail.getFrom())),
            entry("to", mail -> addresses(mail.getTo())),
            entry("cc", mail -> addresses(mail.getCc())),
            entry("replyTo", mail -> addresses(mail.getReplyTo())),
            entry("deliveredTo", EmailMessage::getDeliveredTo),
            entry("subject", EmailMessage::getSubject),
            entry("text", EmailMessage::getText),
            entry("textTruncated", EmailMessage::getTextTruncated),
            entry("attachments", mail -> mail.getAttachments().stream()
                    .map(Facts::attachmentFields)
                    .toList()),
            entry("automatic", mail -> mail.getAutomatic().name()),
            entry("flags", EmailMessage::getFlags),
            entry("parseStatus", mail -> mail.getParseStatus().name()),
            entry("parseNotes", EmailMessage::getParseNotes),
            entry("receivedAt", mail -> timestamp(mail.getReceivedAt())),
            entry("size", EmailMessage::getSize));

    private static final Map<String, Function<Facts, Object>> SCORE_FIELDS = Map.of(
            "topic", facts -> facts.topic.label(),
            "topicConfidence", facts -> (double) facts.topic.confidence(),
            "topics", facts -> doubles(facts.topic.probabilities()),
            "sentiment", facts -> facts.sentiment.label(),
            "sentimentConfidence", facts -> (double) facts.sentiment.confidence(),
            "sentiments", facts -> doubles(facts.sentiment.probabilities()),
            "urgency", facts -> facts.urgency.label(),
            "urgencies", facts -> doubles(facts.urgency.probabilities()),
            "stake", facts -> facts.stake.label(),
            "stakes", facts -> doubles(facts.stake.probabilities()));

    private final EmailMessage mail;
    private final Opinion topic;
    private final Opinion sentiment;
    private final Opinion urgency;
    private final Opinion stake;
    private final String language;
    private final boolean abstained;
    private final int repeats;
    private final boolean vip;
    private final Map<String, Object> found = new HashMap<>();

    /**
     * @param mail the mail
     * @param topic what it is about
     * @param sentiment how its writer feels
     * @param urgency how soon it must be looked at
     * @param stake what is at stake
     * @param language ISO 639-1, empty if it cannot be told
     * @param abstained whether the model is below its confidence threshold
     * @param repeats mails of this thread that came before it, 0 or more
     * @param vip whether its sender is a VIP
     */
    public Facts(
            EmailMessage mail,
            Opinion topic,
            Opinion sentiment,
            Opinion urgency,
            Opinion stake,
            String language,
            boolean abstained,
            int repeats,
            boolean vip) {
        this.mail = Objects.requireNonNull(mail, "mail");
        this.topic = Objects.requireNonNull(topic, "topic");
        this.sentiment = Objects.requireNonNull(sentiment, "sentiment");
        this.urgency = Objects.requireNonNull(urgency, "urgency");
        this.stake = Objects.requireNonNull(stake, "stake");
        this.language = Objects.requireNonNull(language, "language");
        this.abstained = abstained;
        this.repeats = repeats;
        this.vip = vip;
    }

    /** Of a model that knows neither urgency nor stake, and a mail whose language is not told. */
    public Facts(EmailMessage mail, Opinion topic, Opinion sentiment, boolean abstained, int repeats, boolean vip) {
        this(mail, topic, sentiment, Opinion.NONE, Opinion.NONE, "", abstained, repeats, vip);
    }

    /** The same facts for routes, which may also ask for the priority. */
    public Facts withPriority(Priority priority, float priorityScore) {
        var facts = new Facts(mail, topic, sentiment, urgency, stake, language, abstained, repeats, vip);
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

    public Opinion urgency() {
        return urgency;
    }

    public Opinion stake() {
        return stake;
    }

    /** ISO 639-1, empty if it cannot be told. */
    public String language() {
        return language;
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
            case Conditions.MAIL -> fields(mail, MAIL_FIELDS);
            case Conditions.SCORE -> fields(this, SCORE_FIELDS);
            case Conditions.LANGUAGE -> language;
            case Conditions.ABSTAINED -> abstained;
            case Conditions.REPEATS -> (long) repeats;
            case Conditions.VIP -> vip;
            default -> null;
        };
    }

    /** A value as a map, each field of which is laid out when a condition asks for it: few ask for more than one. */
    private static <T> Map<String, Object> fields(T of, Map<String, Function<T, Object>> fields) {
        return Maps.asMap(fields.keySet(), name -> fields.get(name).apply(of));
    }

    private static String sender(EmailMessage mail) {
        return mail.getFrom().isEmpty() ? "" : mail.getFrom().get(0).getAddress();
    }

    private static Map.Entry<String, Function<EmailMessage, Object>> entry(
            String name, Function<EmailMessage, Object> field) {
        return Map.entry(name, field);
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

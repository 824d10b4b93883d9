package dev.vorrang.console.mail;

import dev.vorrang.console.index.IndexEntry;
import dev.vorrang.console.index.RecordFeed;
import dev.vorrang.schemas.Address;
import dev.vorrang.schemas.Attachment;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Reason;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.view.Headline;
import dev.vorrang.schemas.view.MailScoreView;
import dev.vorrang.schemas.view.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Scored mails. What people corrected counts instead of what was scored: topic, sentiment, urgency, priority and queue. */
final class MailFeed implements RecordFeed<MailScore, EmailMessage> {

    private static final String QUEUE = "queue";
    private static final String TOPIC = "topic";
    private static final String SENTIMENT = "sentiment";
    private static final String URGENCY = "urgency";
    private static final String PRIORITY = "priority";
    private static final String STAKE = "stake";
    private static final String LANGUAGE = "language";
    private static final String AUTOMATIC = "automatic";
    private static final String ABSTAINED = "abstained";
    private static final String MODEL = "model";
    private static final String SENDER = "sender";

    private final Topics topics;
    private final MailScoreView view = new MailScoreView();

    MailFeed(Topics topics) {
        this.topics = topics;
    }

    @Override
    public Topic<MailScore> topic() {
        return topics.mailScored();
    }

    @Override
    public Optional<Source<MailScore, EmailMessage>> source() {
        return Optional.of(new Source<>(topics.mailReceived(), MailScore::getPosition));
    }

    @Override
    public List<Facet> facets() {
        return Stream.concat(
                        Stream.of(
                                        QUEUE, TOPIC, SENTIMENT, URGENCY, PRIORITY, STAKE, LANGUAGE, AUTOMATIC,
                                        ABSTAINED, MODEL)
                                .map(Facet::counted),
                        Stream.of(Facet.uncounted(SENDER)))
                .toList();
    }

    @Override
    public String id(MailScore score) {
        return score.getId();
    }

    @Override
    public IndexEntry entry(MailScore score, Optional<EmailMessage> mail, Map<String, String> corrections) {
        Headline headline = view.headline(score);
        Severity severity = severity(corrections.get(PRIORITY)).orElse(headline.severity());
        return new IndexEntry(
                headline.title(),
                severity,
                score.getPriorityScore(),
                headline.time(),
                score.getScoredAt(),
                headline.key(),
                headline.reasons().stream().map(Reason::getText).toList(),
                List.of(),
                facets(score, severity, corrections),
                text(score, mail),
                score.getSignature());
    }

    /** Empty if it is no priority. */
    private static Optional<Severity> severity(String correction) {
        return Stream.of(Severity.values())
                .filter(each -> each.name().equalsIgnoreCase(correction))
                .findFirst();
    }

    private static Map<String, List<String>> facets(
            MailScore score, Severity severity, Map<String, String> corrections) {
        var facets = new HashMap<String, List<String>>();
        facets.put(QUEUE, corrected(QUEUE, corrections, score.getQueues()));
        facets.put(TOPIC, corrected(TOPIC, corrections, values(score.getTopic())));
        facets.put(SENTIMENT, corrected(SENTIMENT, corrections, values(score.getSentiment())));
        facets.put(URGENCY, corrected(URGENCY, corrections, values(score.getUrgency())));
        facets.put(PRIORITY, List.of(severity.name()));
        facets.put(STAKE, values(score.getStake()));
        facets.put(LANGUAGE, values(score.getLanguage()));
        facets.put(AUTOMATIC, List.of(score.getAutomatic().name()));
        facets.put(ABSTAINED, List.of(Boolean.toString(score.getAbstained())));
        facets.put(
                MODEL,
                List.of(score.getModel().getName() + "/" + score.getModel().getVersion()));
        facets.put(
                SENDER,
                values(score.getSender()).stream()
                        .map(each -> each.toLowerCase(Locale.ROOT))
                        .toList());
        return facets;
    }

    private static List<String> corrected(String field, Map<String, String> corrections, List<String> scored) {
        return corrections.containsKey(field) ? List.of(corrections.get(field)) : scored;
    }

    private static List<String> values(String value) {
        return value == null ? List.of() : List.of(value);
    }

    private static List<String> text(MailScore score, Optional<EmailMessage> mail) {
        var text = new ArrayList<String>();
        text.add(score.getSubject());
        if (score.getSender() != null) {
            text.add(score.getSender());
        }
        mail.ifPresent(known -> {
            known.getFrom().stream()
                    .map(Address::getName)
                    .filter(Objects::nonNull)
                    .forEach(text::add);
            known.getAttachments().stream()
                    .map(Attachment::getName)
                    .filter(Objects::nonNull)
                    .forEach(text::add);
            text.add(known.getText());
        });
        return text;
    }
}

package dev.vorrang.scoring.mail;

import dev.vorrang.schemas.Address;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.scoring.mail.MailPrediction.Head;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Mails and predictions for the tests of policy and routes. */
public final class Mails {

    static final List<String> TOPICS = List.of("outage", "praise", "information", "emergency");
    static final List<String> SENTIMENTS = List.of("negative", "neutral", "positive");

    private Mails() {}

    public static EmailMessage.Builder mail() {
        return EmailMessage.newBuilder()
                .setId("00112233445566778899aabbccddeeff")
                .setThread("thread@example.org")
                .setSource("file:/inbox#1")
                .setReceivedAt(Instant.parse("2026-03-02T22:30:00Z"))
                .setFrom(List.of(new Address("Anna", "anna@example.org")))
                .setSubject("Help")
                .setText("Nothing works");
    }

    public static EmailMessage from(String... addresses) {
        return mail().setFrom(java.util.Arrays.stream(addresses)
                        .map(address -> new Address("boss@vip.example", address))
                        .toList())
                .build();
    }

    /** Sure of a topic and a sentiment. */
    public static MailPrediction sure(String topic, String sentiment) {
        return new MailPrediction(
                Optional.of(sure(TOPICS, topic)), Optional.of(sure(SENTIMENTS, sentiment)), Optional.empty());
    }

    /** Sure of both, but below the threshold of its card. */
    public static MailPrediction unsure(String topic, String sentiment) {
        var head = sure(TOPICS, topic);
        return new MailPrediction(
                Optional.of(new Head(head.labels(), head.probabilities(), head.best(), true, List.of())),
                Optional.of(sure(SENTIMENTS, sentiment)),
                Optional.empty());
    }

    static MailPrediction topics(float... probabilities) {
        return new MailPrediction(Optional.of(head(TOPICS, probabilities)), Optional.empty(), Optional.empty());
    }

    static Head head(List<String> labels, float... probabilities) {
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            best = probabilities[i] > probabilities[best] ? i : best;
        }
        return new Head(labels, probabilities, best, false, List.of());
    }

    static Head sure(List<String> labels, String label) {
        var probabilities = new float[labels.size()];
        probabilities[labels.indexOf(label)] = 1;
        return head(labels, probabilities);
    }
}

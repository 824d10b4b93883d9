package dev.vorrang.schemas;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Records with something in every kind of field. */
public final class Samples {

    public static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    private Samples() {}

    public static EmailMessage mail() {
        return EmailMessage.newBuilder()
                .setId("0123456789abcdef0123456789abcdef")
                .setMessageId("m1@example.org")
                .setThread("m0@example.org")
                .setSource("imap://anna@mail.example.org/INBOX;UIDVALIDITY=1/;UID=2")
                .setReceivedAt(NOON)
                .setFrom(List.of(new Address("Jörg Müller", "joerg@xn--mller-kva.example")))
                .setSubject("Störung an Anlage 7 — bitte um Rückruf")
                .setText("Die Anlage steht seit heute früh. 🙁")
                .setAttachments(List.of(new Attachment("Bild.png", "image/png", 1_234L, "ab".repeat(32))))
                .setFlags(List.of("hidden_text"))
                .setSize(4_321L)
                .build();
    }

    public static MailScore score() {
        return MailScore.newBuilder()
                .setId("0123456789abcdef0123456789abcdef")
                .setThread("m0@example.org")
                .setSource("file:/mails/a.eml")
                .setReceivedAt(NOON)
                .setTopic("outage")
                .setTopicConfidence(0.75f)
                .setTopics(Map.of("outage", 0.75f, "order", 0.25f))
                .setTopicWords(List.of(new WordEffect("störung", 2.5f), new WordEffect("rückruf", -0.5f)))
                .setSentimentWords(List.of(new WordEffect("🙁", 1.25f)))
                .setPriorities(Map.of("high", 0.5f, "low", 0.5f))
                .setPriorityWords(List.of(new WordEffect("steht", 0.75f)))
                .setPriority(Priority.URGENT)
                .setPriorityScore(0.9f)
                .setReasons(List.of("outage"))
                .setReasonDetails(List.of(new Reason("topic", Map.of("label", "outage"), "outage")))
                .setQueues(List.of("service"))
                .setModel(new ModelRef("mail-triage", "1"))
                .setPosition(new Position("mail.received", 3, 42L))
                .setScoredAt(NOON.plusMillis(12))
                .build();
    }

    public static DeadLetter deadLetter() {
        return DeadLetter.newBuilder()
                .setPosition(new Position("mail.received", 0, 7L))
                .setStage(Stage.DECODE)
                .setCause("WireFormatException")
                .setMessage("first byte is 0x7b: expected 0x00")
                .setKey(utf8("thread"))
                .setValue(utf8("{\"no\": \"avro\"}"))
                .setHeaders(Map.of("h", utf8("v")))
                .setRecordTime(NOON)
                .setFailedAt(NOON)
                .build();
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}

package dev.vorrang.training.mail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/** Small data sets that tests write: mails of two topics and three sentiments, from words of their own. */
final class Fixtures {

    private static final List<String> PRINTERS = List.of("printer", "toner", "paper", "cartridge", "scanner");
    private static final List<String> INVOICES = List.of("invoice", "payment", "refund", "Rechnung", "Überweisung");
    private static final List<String> MOODS = List.of("awful", "normal", "wonderful");
    private static final List<String> SENTIMENTS = List.of("negative", "neutral", "positive");

    private Fixtures() {}

    /** Writes {@code rows} rows with the columns subject, body, topic and sentiment. */
    static Path mails(Path file, int rows) throws IOException {
        var random = new Random(5);
        var csv = new StringBuilder("subject,body,topic,sentiment\n");
        for (int row = 0; row < rows; row++) {
            List<String> words = row % 2 == 0 ? PRINTERS : INVOICES;
            int mood = random.nextInt(3);
            csv.append("About %s,\"The %s and the %s, number %d, is %s\",%s,%s%n"
                    .formatted(
                            words.get(random.nextInt(5)),
                            words.get(random.nextInt(5)),
                            words.get(random.nextInt(5)),
                            row,
                            MOODS.get(mood),
                            row % 2 == 0 ? "printers" : "invoices",
                            SENTIMENTS.get(mood)));
        }
        return Files.writeString(file, csv);
    }

    static MailColumns topicAndSentiment() {
        return new MailColumns(
                Optional.empty(),
                Optional.of("subject"),
                Optional.of("body"),
                Optional.of("topic"),
                Optional.of("sentiment"),
                Optional.empty());
    }

    static MailColumns textAndTopic() {
        return new MailColumns(
                Optional.of("text"),
                Optional.empty(),
                Optional.empty(),
                Optional.of("topic"),
                Optional.empty(),
                Optional.empty());
    }

    static TrainingSettings settings(Path data, MailColumns columns, long seed, Path out) {
        return settings(data, columns, seed, out, Optional.empty(), false);
    }

    static TrainingSettings settings(Path data, MailColumns columns, long seed, Path out, Path from, boolean fineTune) {
        return settings(data, columns, seed, out, Optional.of(from), fineTune);
    }

    private static TrainingSettings settings(
            Path data, MailColumns columns, long seed, Path out, Optional<Path> from, boolean fineTune) {
        return new TrainingSettings(
                List.of(data),
                columns,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "fixture",
                "1",
                "",
                seed,
                OptionalInt.of(8),
                0.9,
                List.of(),
                0,
                Optional.empty(),
                from,
                fineTune,
                Map.of(),
                out);
    }
}

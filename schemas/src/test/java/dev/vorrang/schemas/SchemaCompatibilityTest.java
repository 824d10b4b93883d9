package dev.vorrang.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fails the build when a schema breaks with what topics may hold, or is released without being kept here. */
class SchemaCompatibilityTest {

    /** The records of all topics, as their schemas are written, without Java's properties. */
    static List<Schema> today() throws IOException {
        var parser = new Schema.Parser();
        var schemas = new ArrayList<Schema>();
        for (String name : List.of(
                "EmailMessage",
                "MailScore",
                "DeadLetter",
                "SensorReading",
                "MachineScore",
                "MachineAlert",
                "Maintenance",
                "Acceptance",
                "DemandObservation",
                "DemandStock",
                "DemandForecast",
                "DemandAlert",
                "Action",
                "DeskEvent",
                "DeskState")) {
            schemas.add(parser.parse(Files.readString(Path.of("src", "main", "avro", name + ".avsc"))));
        }
        return schemas;
    }

    @ParameterizedTest
    @MethodSource("today")
    void shouldReadWhatEveryReleasedVersionWrote(Schema today) throws IOException {
        SchemaHistory history = SchemaHistory.of(today.getName());
        List<String> problems = history.problems(today);
        if (!problems.isEmpty()) {
            history.propose(today);
        }
        assertThat(problems)
                .as("a proposal for a new version lies in target/compatibility")
                .isEmpty();
    }

    @Test
    void shouldKeepTheVersionsOfEveryTopic() throws IOException {
        Set<String> onTopics = new HashSet<>();
        var topics = new Topics("");
        Stream.of(topics.mail(List.of("any")), topics.machine(), topics.demand())
                .flatMap(List::stream)
                .forEach(topic -> onTopics.add(topic.valueType().getSimpleName()));

        assertThat(today()).extracting(Schema::getName).containsAll(onTopics);
        try (Stream<Path> kept = Files.list(Path.of("src", "compatibility"))) {
            assertThat(kept.map(folder -> folder.getFileName().toString())).containsAll(onTopics);
        }
    }

    @ParameterizedTest
    @MethodSource("today")
    void shouldDocumentEveryTypeAndField(Schema today) {
        assertThat(undocumented(today, new HashSet<>())).isEmpty();
    }

    @Test
    void shouldCatchChangesThatOldRecordsCannotBeReadWith() throws IOException {
        assertCaught(
                "{\"name\": \"id\", \"type\": \"string\",", "{\"name\": \"id\", \"type\": \"int\",", "TYPE_MISMATCH");
        assertCaught(
                "{\"name\": \"id\", \"type\": \"string\",",
                "{\"name\": \"tenant\", \"type\": \"string\", \"doc\": \"New.\"}, {\"name\": \"id\", \"type\": \"string\",",
                "READER_FIELD_MISSING_DEFAULT_VALUE");
        assertCaught(
                "\"name\": \"quoted\", \"type\": [\"null\", \"string\"]",
                "\"name\": \"quoted\", \"type\": [\"null\", \"int\"]",
                "MISSING_UNION_BRANCH");
        assertCaught("\"name\": \"EmailMessage\"", "\"name\": \"Email\"", "NAME_MISMATCH");
        assertCaught(
                "\"symbols\": [\"OK\", \"LIMIT\", \"DAMAGED\", \"UNREAD\"],\n      \"default\": \"OK\"",
                "\"symbols\": [\"OK\"]",
                "MISSING_ENUM_SYMBOLS");
    }

    @Test
    void shouldAskForANewVersionAfterACompatibleChange() throws IOException {
        Schema changed = changed(
                "{\"name\": \"id\", \"type\": \"string\",",
                "{\"name\": \"tenant\", \"type\": \"string\", \"default\": \"\", \"doc\": \"New.\"},"
                        + " {\"name\": \"id\", \"type\": \"string\",");
        SchemaHistory history = SchemaHistory.of("EmailMessage");

        assertThat(history.problems(changed)).singleElement().asString().contains("has changed: add it as");
        assertThat(history.problems(changed("One e-mail, decoded.", "One mail.")))
                .isEmpty();
    }

    @Test
    void shouldMissDocumentation() throws IOException {
        assertThat(undocumented(changed(", \"doc\": \"Size of the raw mail in bytes.\"", ""), new HashSet<>()))
                .containsExactly("EmailMessage.size");
    }

    private static void assertCaught(String from, String to, String problem) throws IOException {
        List<String> problems = SchemaHistory.of("EmailMessage").problems(changed(from, to));

        assertThat(problems).isNotEmpty().allMatch(each -> each.startsWith("EmailMessage cannot read its version"));
        assertThat(problems.toString()).contains(problem);
    }

    private static Schema changed(String from, String to) throws IOException {
        String text = Files.readString(Path.of("src", "main", "avro", "EmailMessage.avsc"));
        assertThat(text).contains(from);
        return new Schema.Parser().parse(text.replace(from, to));
    }

    private static List<String> undocumented(Schema schema, Set<String> seen) {
        var found = new ArrayList<String>();
        switch (schema.getType()) {
            case RECORD -> {
                if (seen.add(schema.getFullName())) {
                    if (isBlank(schema.getDoc())) {
                        found.add(schema.getName());
                    }
                    for (Schema.Field field : schema.getFields()) {
                        if (isBlank(field.doc())) {
                            found.add(schema.getName() + "." + field.name());
                        }
                        found.addAll(undocumented(field.schema(), seen));
                    }
                }
            }
            case ENUM -> {
                if (isBlank(schema.getDoc())) {
                    found.add(schema.getName());
                }
            }
            case ARRAY -> found.addAll(undocumented(schema.getElementType(), seen));
            case MAP -> found.addAll(undocumented(schema.getValueType(), seen));
            case UNION -> schema.getTypes().forEach(branch -> found.addAll(undocumented(branch, seen)));
            default -> {
                // Has no name and no doc.
            }
        }
        return found;
    }

    private static boolean isBlank(String doc) {
        return doc == null || doc.isBlank();
    }
}

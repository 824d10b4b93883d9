package dev.vorrang.app.docs;

import dev.vorrang.app.metrics.ProgramMetrics;
import dev.vorrang.app.settings.PriorityReference;
import dev.vorrang.app.settings.SettingsReference;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.machine.AlertReason;
import dev.vorrang.scoring.mail.MailReason;
import dev.vorrang.scoring.metrics.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** The pages under docs/ that are made from the code. */
enum ReferencePage {
    SETTINGS("settings.md") {
        @Override
        String text() {
            return SettingsReference.markdown();
        }
    },

    PRIORITY("priority.md") {
        @Override
        String text() {
            return PriorityReference.markdown();
        }
    },

    METRICS("metrics.md") {
        @Override
        String text() {
            return """
                    # Metrics

                    `http://<metrics.address>:<metrics.port>/metrics` answers in Prometheus' text format; `/health/live` and
                    `/health/ready` answer 200 while the program is in order and while it scores and
                    reads all its sources. A timer or summary is a
                    histogram: its name ends in `_bucket`, `_count`, `_sum` and `_max`. `docker/grafana/dashboards`
                    shows them.

                    """ + Metric.markdownTable() + """

                    ## The program, its JVM and its Kafka clients

                    Of Kafka's own metrics those below are kept, with a series for each client, so that their number does not grow with
                    topics, partitions or restarts. Metrics of garbage collection appear with the first collection, and some of
                    them only with certain collectors.

                    """ + ProgramMetrics.markdownTable() + """

                    ## Alerts

                    `docker/prometheus-alerts.yml` has alert rules for Prometheus: records that wait, dead letters, a model that
                    fails, a call that hangs, sources that are down, no mail for long, a full disk and a full heap. Copy it and set
                    the limits to what is usual for you.
                    """;
        }
    },

    CONNECTORS("connectors.md") {
        @Override
        String text() {
            return ConnectorReference.markdown();
        }
    },

    TOPICS("topics.md") {
        private static final String QUEUE = "queue";
        private static final Map<String, String> MEANING = Map.of(
                "mail.received", "The mailbox connector: each mail, decoded.",
                "mail.scored", "Scoring: each mail's score.",
                "mail.route.<queue>",
                        "Scoring: the scores of the mails that a route sends there, one topic for each queue.",
                "mail.dead-letters", "Scoring: what could not be decoded or scored, with original bytes and cause.",
                "machine.readings", "The connectors of machines: each reading.",
                "machine.scored", "Scoring: what the models say of a machine after each reading.",
                "machine.alerts", "Scoring: alerts, when they are raised, grow and are cleared.",
                "machine.maintenance", "`vorrang maintenance`, or a program of yours: machines that raise no alerts.",
                "machine.dead-letters",
                        "Connectors and scoring: what is no reading or could not be scored, with original bytes and cause.");

        @Override
        String text() {
            var topics = new ArrayList<Topic<?>>(new Topics("").mail(List.of(QUEUE)));
            topics.addAll(new Topics("").machine());
            var records = new TreeMap<String, Schema>();
            var table = topics.stream()
                    .map(topic -> {
                        var schema = SpecificData.get().getSchema(topic.valueType());
                        records.put(schema.getName(), schema);
                        return row(topic, schema);
                    })
                    .collect(Collectors.joining());
            return """
                    # Topics

                    Keys are UTF-8 strings, values Avro in Confluent's wire format under the subject `<topic>-value`. Names start
                    with `topics.prefix`, which is empty by default. Read with `isolation.level=read_committed`: what a crash left
                    half done is then never seen.

                    | topic | key | value | written by | settings |
                    | --- | --- | --- | --- | --- |
                    """
                    + table
                    + records.values().stream().map(TOPICS::fields).collect(Collectors.joining())
                    + codes("MailScore", MailReason.values(), MailReason::code, MailReason::doc)
                    + codes("MachineAlert", AlertReason.values(), AlertReason::code, AlertReason::doc);
        }

        private static <R> String codes(
                String record, R[] reasons, Function<R, String> code, Function<R, String> doc) {
            return "\n## Codes in `reasonDetails` of " + record + "\n\n| code | meaning and parameters |\n| --- | --- |\n"
                    + Stream.of(reasons)
                            .map(reason -> "| `" + code.apply(reason) + "` | " + doc.apply(reason) + " |\n")
                            .collect(Collectors.joining());
        }

        private String row(Topic<?> topic, Schema schema) {
            var name = topic.name().replace("route." + QUEUE, "route.<" + QUEUE + ">");
            var settings = topic.config().isEmpty()
                    ? "the broker's"
                    : new TreeMap<>(topic.config())
                            .entrySet().stream().map(entry -> "`" + entry + "`").collect(Collectors.joining(", "));
            return "| `%s` | %s | [%s](#%s) | %s | %s |%n"
                    .formatted(
                            name,
                            topic.key(),
                            schema.getName(),
                            schema.getName().toLowerCase(java.util.Locale.ROOT),
                            MEANING.get(name),
                            settings)
                    .replace("\r", "");
        }
    };

    private final String file;

    ReferencePage(String file) {
        this.file = file;
    }

    /** Its name under docs/. */
    String file() {
        return file;
    }

    /** What it should hold. */
    abstract String text();

    /** A record's fields, with those of the records in it. */
    String fields(Schema schema) {
        var text = new StringBuilder("\n## %s\n\n%s\n\n| field | type | meaning |\n| --- | --- | --- |\n"
                .formatted(schema.getName(), schema.getDoc()));
        for (var field : schema.getFields()) {
            text.append("| `%s` | %s | %s |\n".formatted(field.name(), type(field.schema()), cell(field.doc())));
        }
        return text.toString();
    }

    private static String type(Schema schema) {
        return switch (schema.getType()) {
            case UNION ->
                schema.getTypes().stream()
                        .filter(member -> member.getType() != Schema.Type.NULL)
                        .map(ReferencePage::type)
                        .collect(Collectors.joining(" or ", "", schema.isNullable() ? ", or null" : ""));
            case ARRAY -> "list of " + type(schema.getElementType());
            case MAP -> "map to " + type(schema.getValueType());
            case ENUM -> String.join(", ", schema.getEnumSymbols());
            case RECORD ->
                schema.getFields().stream()
                        .map(field -> "`" + field.name() + "`")
                        .collect(Collectors.joining(", ", schema.getName() + " (", ")"));
            default -> {
                LogicalType logical = schema.getLogicalType();
                yield logical == null ? schema.getType().getName() : logical.getName();
            }
        };
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}

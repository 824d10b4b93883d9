package dev.vorrang.app.docs;

import dev.vorrang.app.metrics.ProgramMetrics;
import dev.vorrang.app.settings.ExampleSettings;
import dev.vorrang.app.settings.PriorityReference;
import dev.vorrang.app.settings.SettingsReference;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.demand.DemandReason;
import dev.vorrang.scoring.engine.metrics.Metric;
import dev.vorrang.scoring.machine.AlertReason;
import dev.vorrang.scoring.mail.MailReason;
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

    EXAMPLE("../vorrang.example.yaml") {
        @Override
        String text() {
            return ExampleSettings.yaml();
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

                    `http://<metrics.address>:<metrics.port>/metrics` serves metrics in Prometheus' text format. `/health/live` answers 200 unless
                    the program needs a restart, and `/health/ready` answers 200 while it scores and reads all its sources. Otherwise they answer 503 with the
                    reason. Timers and summaries are histograms, with the suffixes `_bucket`, `_count`, `_sum` and `_max`. `docker/grafana/dashboards` has dashboards.

                    """ + Metric.markdownTable() + """

                    ## The program, its JVM and its Kafka clients

                    Of Kafka's metrics those below are exposed, with one series for each client, so their number does not grow with
                    topics, partitions or restarts. Metrics of garbage collection appear after the first collection, and some of
                    them only with certain collectors.

                    """ + ProgramMetrics.markdownTable() + """

                    ## Alerts

                    `docker/prometheus-alerts.yml` has alert rules for Prometheus: consumer lag, dead letters, a failing model, a hanging
                    call, sources that are down, no mail for a long time, a full disk and a full heap. Copy it and adapt the limits.
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
        private static final Map<String, String> MEANING = Map.ofEntries(
                Map.entry("mail.received", "Mailbox connector: each mail, decoded."),
                Map.entry("mail.scored", "Scoring: each mail's score."),
                Map.entry(
                        "mail.route.<queue>",
                        "Scoring: the scores of the mails routed to a queue, one topic for each queue."),
                Map.entry(
                        "mail.dead-letters",
                        "Scoring: records that could not be decoded or scored, with original bytes and cause."),
                Map.entry("machine.readings", "Machine connectors: each reading."),
                Map.entry("machine.scored", "Scoring: the result of the models for each reading."),
                Map.entry("machine.alerts", "Scoring: alerts that are raised, updated and cleared."),
                Map.entry("machine.route.<queue>", "Scoring: the alerts routed to a queue, one topic for each queue."),
                Map.entry(
                        "machine.maintenance", "`vorrang maintenance`, or your own program: machines in maintenance."),
                Map.entry(
                        "machine.accepted",
                        "`vorrang accept`, or your own program: what is open of a machine is normal."),
                Map.entry(
                        "machine.dead-letters",
                        "Connectors and scoring: payloads that are not readings, and readings that could not be scored, with original bytes and cause."),
                Map.entry(
                        "demand.observed",
                        "Connectors, `streams.demand.count`, or your own program: order lines, totals and plans."),
                Map.entry("demand.stock", "Your own program: stock of items, and how it is replenished."),
                Map.entry(
                        "demand.forecast", "Scoring: forecasts of the items whose period has closed or was corrected."),
                Map.entry("demand.alerts", "Scoring: alerts that are raised, updated and cleared."),
                Map.entry(
                        "demand.dead-letters",
                        "Connectors and scoring: rows that are no observations, and observations that could not be taken, with original bytes and cause; items that a model failed for, by key alone."));

        @Override
        String text() {
            var topics = new ArrayList<Topic<?>>(new Topics("").mail(List.of(QUEUE)));
            topics.addAll(new Topics("").machine());
            topics.add(new Topics("").machineRoute(QUEUE));
            topics.addAll(new Topics("").demand());
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

                    Keys are UTF-8 strings. Values are Avro in Confluent wire format under the subject `<topic>-value`. Names start
                    with `topics.prefix`, which is empty by default. Consume with `isolation.level=read_committed` to skip records
                    of transactions that a crash aborted.

                    | topic | key | value | written by | settings |
                    | --- | --- | --- | --- | --- |
                    """
                    + table
                    + records.values().stream().map(TOPICS::fields).collect(Collectors.joining())
                    + codes("MailScore", MailReason.values(), MailReason::code, MailReason::doc)
                    + codes("MachineAlert", AlertReason.values(), AlertReason::code, AlertReason::doc)
                    + codes("DemandAlert", DemandReason.values(), DemandReason::code, DemandReason::doc);
        }

        private static <R> String codes(String record, R[] reasons, Function<R, String> code, Function<R, String> doc) {
            return "\n## Codes in `reasonDetails` of " + record
                    + "\n\n| code | meaning and parameters |\n| --- | --- |\n"
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

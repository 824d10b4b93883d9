package dev.vorrang.app.docs;

import dev.vorrang.app.kit.TopicDocs;
import dev.vorrang.app.metrics.ProgramMetrics;
import dev.vorrang.app.settings.ExampleSettings;
import dev.vorrang.app.settings.PriorityReference;
import dev.vorrang.app.settings.SettingsReference;
import dev.vorrang.app.stream.ActionDocs;
import dev.vorrang.app.stream.ConsoleDocs;
import dev.vorrang.app.streams.StreamKits;
import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.engine.metrics.Metric;
import java.util.TreeMap;
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
        @Override
        String text() {
            var docs = Stream.concat(
                            StreamKits.ALL.stream().map(kit -> kit.docs(new Topics(""))),
                            Stream.of(ActionDocs.of(new Topics("")), ConsoleDocs.of(new Topics(""))))
                    .toList();
            var records = new TreeMap<String, Schema>();
            var table = docs.stream()
                    .flatMap(each -> each.topics().stream())
                    .map(entry -> {
                        var schema = SpecificData.get().getSchema(entry.topic().valueType());
                        records.put(schema.getName(), schema);
                        return row(entry, schema);
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
                    + docs.stream()
                            .flatMap(each -> each.codes().stream())
                            .map(TOPICS::codes)
                            .collect(Collectors.joining());
        }

        private String row(TopicDocs.Entry entry, Schema schema) {
            var topic = entry.topic();
            var name = topic.name()
                    .replace("route." + TopicDocs.QUEUE, "route.<" + TopicDocs.QUEUE + ">")
                    .replace("actions." + ActionDocs.SINK, "actions.<" + ActionDocs.SINK + ">");
            var settings = topic.config().isEmpty()
                    ? "the broker's"
                    : new TreeMap<>(topic.config())
                            .entrySet().stream().map(each -> "`" + each + "`").collect(Collectors.joining(", "));
            return "| `%s` | %s | [%s](#%s) | %s | %s |%n"
                    .formatted(
                            name,
                            topic.key(),
                            schema.getName(),
                            schema.getName().toLowerCase(java.util.Locale.ROOT),
                            entry.written(),
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

    /** The codes of a record's reasons. */
    String codes(TopicDocs.Codes codes) {
        return "\n## Codes in `reasonDetails` of " + codes.record()
                + "\n\n| code | meaning and parameters |\n| --- | --- |\n"
                + codes.meanings().entrySet().stream()
                        .map(code -> "| `" + code.getKey() + "` | " + code.getValue() + " |\n")
                        .collect(Collectors.joining());
    }

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

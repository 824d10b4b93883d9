package dev.vorrang.scoring.engine.metrics;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every metric that scoring records. The table in the documentation is made from these. */
public enum Metric {
    RECEIVED("vorrang.received", Kind.COUNTER, "records", "Records read from the input topic.", Tag.STREAM),
    SCORED(
            "vorrang.scored",
            Kind.COUNTER,
            "records",
            "Records scored; one that is scored again after a failure counts again.",
            Tag.STREAM,
            Tag.PRIORITY),
    ABSTAINED("vorrang.abstained", Kind.COUNTER, "records", "Records on which the model abstained.", Tag.STREAM),
    CASCADE_MAILS(
            "vorrang.cascade.mails",
            Kind.COUNTER,
            "mails",
            "Mails that the small model of a cascade was unsure of, by what came of it: ANSWERED (by the large model), or"
                    + " FAILED, SLOW, LEFT_OUT (after failures), where the small one's answer stands.",
            Tag.STREAM,
            Tag.OUTCOME),
    CASCADE_CHANGED(
            "vorrang.cascade.changed",
            Kind.COUNTER,
            "answers",
            "Answers of the large model that differ from the small one's: TOPIC, URGENCY, LEVEL of the priority.",
            Tag.STREAM,
            Tag.ASPECT),
    CASCADE_TIME(
            "vorrang.cascade.time",
            Kind.TIMER,
            "seconds",
            "Time that a batch waits for the large model of a cascade.",
            Tag.STREAM),
    CASCADE_FAILURES(
            "vorrang.cascade.failures",
            Kind.COUNTER,
            "batches",
            "Batches for which the large model of a cascade FAILED, or was so SLOW that it answered nothing in time.",
            Tag.STREAM,
            Tag.OUTCOME),
    CASCADE_OPEN(
            "vorrang.cascade.open",
            Kind.GAUGE,
            "",
            "1 while the large model of a cascade is left out after failures, else 0.",
            Tag.STREAM),
    MACHINE_SCORED(
            "vorrang.machine.scored", Kind.COUNTER, "steps", "Steps of machines scored.", Tag.STREAM, Tag.STATUS),
    MACHINE_ALERTS(
            "vorrang.machine.alerts",
            Kind.COUNTER,
            "changes",
            "Alerts raised, updated and cleared.",
            Tag.STREAM,
            Tag.ALERT,
            Tag.STATE),
    DEMAND_OBSERVED(
            "vorrang.demand.observed",
            Kind.COUNTER,
            "observations",
            "Observations of demand that were taken, by their status: ON_TIME, LATE (a closed period was corrected), DUPLICATE"
                    + " (already counted), PLAN.",
            Tag.STREAM,
            Tag.STATUS),
    DEMAND_FORECASTS("vorrang.demand.forecasts", Kind.COUNTER, "forecasts", "Forecasts of items made.", Tag.STREAM),
    DEMAND_ALERTS(
            "vorrang.demand.alerts",
            Kind.COUNTER,
            "changes",
            "Alerts about demand raised, updated and cleared.",
            Tag.STREAM,
            Tag.ALERT,
            Tag.STATE),
    STATE_WRITTEN(
            "vorrang.state.written",
            Kind.COUNTER,
            "bytes",
            "Bytes of the states of machines or items written to the changelog.",
            Tag.STREAM),
    ROUTED("vorrang.routed", Kind.COUNTER, "records", "Records sent to a queue.", Tag.STREAM, Tag.QUEUE),
    DEAD_LETTERS(
            "vorrang.dead.letters",
            Kind.COUNTER,
            "letters",
            "Records that could not be decoded or scored, by the stage that failed.",
            Tag.STREAM,
            Tag.STAGE),
    ACTIONS(
            "vorrang.actions",
            Kind.COUNTER,
            "actions",
            "What became of actions, by their name: SENT or ESCALATED (a message to a sink), GATHERED (the record joins a"
                    + " message to come), SKIPPED (in quiet hours), TOO_OLD, ACKNOWLEDGED (or cleared, before the next"
                    + " step of an escalation). What is done again after a failure counts again.",
            Tag.STREAM,
            Tag.ACTION,
            Tag.OUTCOME),
    BATCH_SIZE("vorrang.batch.size", Kind.SUMMARY, "records", "Records in a batch.", Tag.STREAM),
    BATCH_TIME(
            "vorrang.batch.time",
            Kind.TIMER,
            "seconds",
            "Time to score a batch: calls of the model, including retries.",
            Tag.STREAM),
    BATCH_FAILURES(
            "vorrang.batch.failures",
            Kind.COUNTER,
            "failures",
            "Batches for which the model failed completely and which were retried.",
            Tag.STREAM),
    CALL_AGE(
            "vorrang.call.age",
            Kind.GAUGE,
            "seconds",
            "Age of the oldest batch that is being scored; 0 if there is none.",
            Tag.STREAM),
    SLOW_CALLS(
            "vorrang.slow.calls",
            Kind.COUNTER,
            "calls",
            "Batches whose scoring exceeded `slow-after`, counted while it runs.",
            Tag.STREAM),
    LATENCY_HELD(
            "vorrang.latency.held",
            Kind.TIMER,
            "seconds",
            "Time from the arrival of a record at the processor until its score was sent.",
            Tag.STREAM),
    LATENCY_APPENDED(
            "vorrang.latency.appended",
            Kind.TIMER,
            "seconds",
            "Time from the timestamp of a record in Kafka (on topics created by Vorrang: when the "
                    + "broker appended it) until its score was sent.",
            Tag.STREAM),
    LATENCY_END_TO_END(
            "vorrang.latency.end.to.end",
            Kind.TIMER,
            "seconds",
            "Time from receivedAt of a record (receipt by the mailbox) until its score was sent.",
            Tag.STREAM),
    CONSUMER_LAG(
            "vorrang.consumer.lag",
            Kind.GAUGE,
            "records",
            "Consumer lag: records of the assigned partitions that are not committed, as reported by "
                    + "the broker a few seconds ago.",
            Tag.STREAM),
    RUNNING_THREADS("vorrang.running", Kind.GAUGE, "threads", "Live stream threads of this instance.", Tag.STREAM),
    REPLACED_THREADS(
            "vorrang.replaced",
            Kind.COUNTER,
            "threads",
            "Stream threads that failed without a commit and were replaced.",
            Tag.STREAM),
    MODEL_INFO(
            "vorrang.model.info",
            Kind.GAUGE,
            "",
            "Always 1; the tags name the model in service.",
            Tag.STREAM,
            Tag.MODEL,
            Tag.VERSION);

    /** What a metric measures by. */
    public enum Kind {
        COUNTER,
        GAUGE,
        SUMMARY,
        TIMER
    }

    /** Names of tags. All have few values. */
    public static final class Tag {
        public static final String STREAM = "stream";
        public static final String PRIORITY = "priority";
        public static final String QUEUE = "queue";
        public static final String STAGE = "stage";
        public static final String STATUS = "status";
        public static final String ALERT = "alert";
        public static final String ACTION = "action";
        public static final String OUTCOME = "outcome";
        public static final String ASPECT = "aspect";
        public static final String STATE = "state";
        public static final String MODEL = "model";
        public static final String VERSION = "version";

        private Tag() {}
    }

    private final String meterName;
    private final Kind kind;
    private final String unit;
    private final String description;
    private final List<String> tags;

    Metric(String meterName, Kind kind, String unit, String description, String... tags) {
        this.meterName = meterName;
        this.kind = kind;
        this.unit = unit;
        this.description = description;
        this.tags = List.of(tags);
    }

    /** Name in Micrometer, with dots. */
    public String meterName() {
        return meterName;
    }

    public Kind kind() {
        return kind;
    }

    /** Base unit, empty for a metric without one. */
    public String unit() {
        return unit;
    }

    public String description() {
        return description;
    }

    /** Names of its tags. */
    public List<String> tags() {
        return tags;
    }

    /** Name in the Prometheus format; a timer or summary adds _bucket, _count, _sum and _max. */
    public String prometheusName() {
        String name = meterName.replace('.', '_');
        String withUnit = unit.isEmpty() || name.endsWith("_" + unit) ? name : name + "_" + unit;
        return kind == Kind.COUNTER ? withUnit + "_total" : withUnit;
    }

    /** All metrics as a table in Markdown, in the order of this enum. */
    public static String markdownTable() {
        return Stream.concat(
                        Stream.of(
                                "| metric (Prometheus) | kind | unit | tags | meaning |",
                                "| --- | --- | --- | --- | --- |"),
                        Stream.of(values()).map(Metric::markdownRow))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private String markdownRow() {
        return "| `%s` | %s | %s | %s | %s |"
                .formatted(
                        prometheusName(),
                        kind.name().toLowerCase(Locale.ROOT),
                        unit.isEmpty() ? "–" : unit,
                        tags.stream().map(tag -> "`" + tag + "`").collect(Collectors.joining(", ")),
                        description);
    }
}

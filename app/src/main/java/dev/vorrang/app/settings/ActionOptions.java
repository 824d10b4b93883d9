package dev.vorrang.app.settings;

import dev.vorrang.scoring.action.ActionRule;
import java.time.Duration;
import java.util.List;

/**
 * What is done about scored records.
 *
 * @param enabled whether this program decides actions
 * @param applicationId names the consumer group and the state
 * @param start where streams begin that were never read
 * @param maxAge of a record by its own time
 * @param retention how long a record is remembered
 * @param rules in order
 * @param acknowledge over HTTP
 */
public record ActionOptions(
        boolean enabled,
        String applicationId,
        Start start,
        Duration maxAge,
        Duration retention,
        List<ActionRule> rules,
        AcknowledgeSettings acknowledge) {

    static final Section KEYS =
            new Section("actions", "Actions", "Actions on scored records, see [actions](actions.md).");

    private static final Key<Boolean> ENABLED = KEYS.add(Key.of(
                    "enabled",
                    Kind.flag(),
                    "Whether this program decides actions and keeps `desk.state`. Default: true if there is a rule, or `actions.acknowledge` has a url, a token or MQTT.")
            .example("true"));
    private static final Key<String> APPLICATION_ID = KEYS.add(Key.of(
            "application-id",
            Kind.text("1 to 200 of a-z, A-Z, 0-9, '.', '_' and '-'", "[a-zA-Z0-9._-]{1,200}"),
            "vorrang-actions",
            "Name of the consumer group and the state. Instances with the same name share the work."));
    private static final Key<Start> START = KEYS.add(Key.of(
            "start",
            Kind.oneOf(Start.class),
            "latest",
            "Where to begin in the records of a stream that were never read: `latest` acts on new ones only, `earliest` on"
                    + " all that are not older than `max-age`."));
    private static final Key<Duration> MAX_AGE = KEYS.add(Key.of(
            "max-age",
            Kind.duration(Duration.ofMinutes(1), Duration.ofDays(3650)),
            "1d",
            "Age from which a record is not acted on, by its own time: receipt of a mail, time of an alert. An alert about"
                    + " demand may be older by the length of two periods."));
    private static final Key<Duration> RETENTION = KEYS.add(Key.of(
            "retention",
            Kind.duration(Duration.ofDays(2), Duration.ofDays(3650)),
            "30d",
            "Time for which a record is remembered after the last that happened to it. After that its state is deleted from"
                    + " `desk.state`, and a change of it may be acted on again."));

    /** Where a stream begins that was never read. */
    public enum Start {
        /** With the next record. */
        LATEST,
        /** With the first. */
        EARLIEST
    }

    public ActionOptions {
        rules = List.copyOf(rules);
    }

    /** All sections, in the order of the reference. */
    static List<Section> sections() {
        return List.of(KEYS, AcknowledgeSettings.KEYS, ActionRuleKeys.KEYS);
    }

    /** @param sinks that there are */
    static ActionOptions read(SettingsReader reader, List<StreamSection<?>> streams, List<SinkSettings> sinks) {
        var rules = ActionRuleKeys.read(reader, streams, sinks);
        var acknowledge = AcknowledgeSettings.read(reader);
        boolean any = reader.size(ActionRuleKeys.LIST) > 0 || acknowledge.enabled();
        return new ActionOptions(
                reader.find(ENABLED).orElse(any),
                reader.get(APPLICATION_ID),
                reader.get(START),
                reader.get(MAX_AGE),
                reader.get(RETENTION),
                rules,
                acknowledge);
    }
}

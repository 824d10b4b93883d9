package dev.vorrang.app.streams.machine.source;

import dev.vorrang.app.settings.ClientProperties;
import dev.vorrang.app.settings.Key;
import dev.vorrang.app.settings.Kind;
import dev.vorrang.app.settings.Section;
import dev.vorrang.app.settings.SettingsReader;
import dev.vorrang.app.settings.SourceSection;
import dev.vorrang.app.settings.SourceSettings;
import java.util.List;
import java.util.Optional;

/**
 * A source of sensor readings.
 *
 * @param name of its connector; what was read is kept under it
 * @param connector what reads it
 * @param tasks that share the work at most, 1 or more
 * @param properties further settings of the connector, by its own names
 */
public record MachineSourceSettings(String name, Connector connector, int tasks, ClientProperties properties)
        implements SourceSettings {

    /** What can read sensors. */
    public enum Connector {
        MQTT,
        OPCUA,
        FILES
    }

    static final Section KEYS = new Section("ingest.machines[]", "Sources of sensor readings", "");

    private static final Key<String> NAME = KEYS.add(Key.of(
                    "name",
                    Kind.text("up to 100 of a-z, A-Z, 0-9, '.', '_' and '-'", "[a-zA-Z0-9._-]{1,100}"),
                    "Name of the source in Vorrang. Positions are stored under it.")
            .example("hall-3"));
    private static final Key<Connector> CONNECTOR = KEYS.add(Key.of(
                    "connector",
                    Kind.oneOf(Connector.class),
                    "Connector: `mqtt` (topics of a broker), `opcua` (nodes of a server) or `files` (in a folder).")
            .example("mqtt"));
    private static final Key<Integer> TASKS =
            KEYS.add(Key.of("tasks", Kind.integer(1, 256), "1", "Maximum number of tasks."));
    private static final Key<String> SETTINGS = KEYS.add(Key.of(
                    "settings.*",
                    Kind.text(),
                    "Settings of the connector, by its names: see [connectors](connectors.md). For "
                            + "secrets, prefer environment variables or files.")
            .example(
                    "mqtt.host: broker.example.org",
                    "mqtt.client.id: vorrang-hall-3",
                    "mqtt.filters: plant/+/readings",
                    "payload.topic.template: \"plant/{machine}/readings\"",
                    "payload.json.time: /time",
                    "payload.json.values: /values"));

    /** Where sources of readings are listed. */
    public static final SourceSection<MachineSourceSettings> SECTION =
            new SourceSection<>("ingest.machines", List.of(KEYS), MachineSourceSettings::read);

    /** Empty if something that is needed is not there; the reader then has the problem. */
    static Optional<MachineSourceSettings> read(SettingsReader reader, int place) {
        var name = reader.require(NAME, "each source has a name", place);
        var connector = reader.require(CONNECTOR, "each source has a connector", place);
        var tasks = reader.get(TASKS, place);
        var properties = new ClientProperties(reader.map(SETTINGS, place));
        if (name.isEmpty() || connector.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new MachineSourceSettings(name.get(), connector.get(), tasks, properties));
    }
}

package dev.vorrang.app.settings;

import dev.vorrang.schemas.Topics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * What carries actions out.
 *
 * @param name of the sink; its actions are on the topic {@code actions.<name>}
 * @param connector that reads them, a word; {@link #EXTERNAL} if another program does
 * @param tasks that share the work at most, 1 or more
 * @param properties further settings of the connector, by its names
 */
public record SinkSettings(String name, String connector, int tasks, ClientProperties properties) {

    /** Its topic is read elsewhere: by another Kafka Connect cluster, or a program of one's own. */
    public static final String EXTERNAL = "external";

    private static final List<String> CONNECTORS = List.of("http", "mail", "imap", "mqtt", EXTERNAL);

    static final Section KEYS =
            new Section("sinks[]", "Sinks", "Sinks carry actions out, each from a topic of its own.");

    private static final Key<String> NAME = KEYS.add(Key.of(
                    "name",
                    Kind.text("up to 100 of a-z, 0-9, '_' and '-', the first a letter or digit", ".+")
                            .map(SinkSettings::checked),
                    "Name of the sink; its topic is `actions.<name>`.")
            .example("pager"));
    private static final Key<String> CONNECTOR = KEYS.add(Key.of(
                    "connector",
                    Kind.text("one of " + String.join(", ", CONNECTORS), String.join("|", CONNECTORS)),
                    "Connector: `http` (webhook), `mail` (SMTP), `imap` (the mail itself), `mqtt` (a message to a broker), or `external`:"
                            + " another program reads the topic.")
            .example("http"));
    private static final Key<Integer> TASKS =
            KEYS.add(Key.of("tasks", Kind.integer(1, 256), "1", "Maximum number of tasks."));
    private static final Key<String> PROPERTIES = KEYS.add(Key.of(
                    "settings.*",
                    Kind.text(),
                    "Settings of the connector, by its names: see [connectors](connectors.md). For secrets, prefer "
                            + "environment variables or files.")
            .example("http.url: https://hooks.example.org/vorrang"));

    private static String checked(String name) {
        Topics.checkSink(name);
        return name;
    }

    static List<SinkSettings> read(SettingsReader reader) {
        var sinks = new ArrayList<SinkSettings>();
        var names = new HashSet<String>();
        for (int place = 0; place < reader.size("sinks"); place++) {
            var name = reader.require(NAME, "each sink has a name", place);
            var connector = reader.require(CONNECTOR, "each sink has a connector", place);
            int tasks = reader.get(TASKS, place);
            var properties = new ClientProperties(reader.map(PROPERTIES, place));
            if (name.isPresent() && !names.add(name.get())) {
                reader.problem(NAME.at(place), "'" + name.get() + "' stands twice; allowed is a name for each sink");
            }
            if (name.isPresent() && connector.isPresent()) {
                sinks.add(new SinkSettings(name.get(), connector.get(), tasks, properties));
            }
        }
        return List.copyOf(sinks);
    }
}

package dev.vorrang.app.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A source that one of several connectors reads, with settings by the connector's own names.
 *
 * @param name of its connector; what was read is kept under it
 * @param connector what reads it, a word such as {@code mqtt}
 * @param tasks that share the work at most, 1 or more
 * @param properties further settings of the connector
 */
public record ConnectorSource(String name, String connector, int tasks, ClientProperties properties)
        implements SourceSettings {

    /**
     * Where such sources are listed.
     *
     * @param path of the list, such as {@code ingest.machines}
     * @param title of its keys
     * @param connectors what each that can read it reads, by its word, in the order of the reference
     * @param example name of a source, for the documentation
     * @param settings some of its connector, the first of {@code connectors}
     */
    public static SourceSection<ConnectorSource> section(
            String path, String title, Map<String, String> connectors, String example, List<String> settings) {
        var section = new Section(path + "[]", title, "");
        Key<String> name = section.add(Key.of(
                        "name",
                        Kind.text("up to 100 of a-z, A-Z, 0-9, '.', '_' and '-'", "[a-zA-Z0-9._-]{1,100}"),
                        "Name of the source in Vorrang. Positions are stored under it.")
                .example(example));
        Key<String> connector = section.add(Key.of(
                        "connector",
                        Kind.text(
                                "one of " + String.join(", ", connectors.keySet()),
                                String.join("|", connectors.keySet())),
                        "Connector: " + described(connectors) + ".")
                .example(connectors.keySet().iterator().next()));
        Key<Integer> tasks = section.add(Key.of("tasks", Kind.integer(1, 256), "1", "Maximum number of tasks."));
        Key<String> properties = section.add(Key.of(
                        "settings.*",
                        Kind.text(),
                        "Settings of the connector, by its names: see [connectors](connectors.md). For secrets, prefer "
                                + "environment variables or files.")
                .example(settings.toArray(String[]::new)));
        return new SourceSection<>(path, List.of(section), (reader, place) -> {
            var itsName = reader.require(name, "each source has a name", place);
            var itsConnector = reader.require(connector, "each source has a connector", place);
            int itsTasks = reader.get(tasks, place);
            var its = new ClientProperties(reader.map(properties, place));
            return itsName.isPresent() && itsConnector.isPresent()
                    ? Optional.of(new ConnectorSource(itsName.get(), itsConnector.get(), itsTasks, its))
                    : Optional.empty();
        });
    }

    private static String described(Map<String, String> connectors) {
        List<String> each = connectors.entrySet().stream()
                .map(connector -> "`" + connector.getKey() + "` (" + connector.getValue() + ")")
                .toList();
        return each.subList(0, each.size() - 1).stream().collect(Collectors.joining(", ")) + " or "
                + each.get(each.size() - 1);
    }
}

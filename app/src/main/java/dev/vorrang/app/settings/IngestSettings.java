package dev.vorrang.app.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Taking records in.
 *
 * @param mode embedded: in this program; external: a Kafka Connect cluster does it, with the same connectors
 * @param sources to read if embedded, by the path of their list; there is one or more in all
 */
public record IngestSettings(Placement mode, Map<String, List<? extends SourceSettings>> sources) {

    static final Section KEYS = new Section("ingest", "Sources", "Sources of mails, readings and demand, one or more.");

    private static final Key<Placement> MODE = KEYS.add(Key.of(
            "mode",
            Kind.oneOf(Placement.class),
            "embedded",
            "`embedded` reads the sources in this process; `external` leaves it to your Kafka Connect cluster."));

    public IngestSettings {
        sources = Map.copyOf(sources);
    }

    /** The sources of one list. */
    @SuppressWarnings("unchecked")
    public <T extends SourceSettings> List<T> of(SourceSection<T> section) {
        return (List<T>) sources.getOrDefault(section.path(), List.of());
    }

    /** Whether there is a source of the stream. */
    public boolean feeds(StreamSection<?> stream) {
        return stream.sources().filter(section -> !of(section).isEmpty()).isPresent();
    }

    /** @param sections of all streams */
    static IngestSettings read(SettingsReader reader, List<? extends SourceSection<?>> sections) {
        var mode = reader.get(MODE);
        // Names are shared: all are connectors of one worker.
        var names = new HashSet<String>();
        var sources = new LinkedHashMap<String, List<? extends SourceSettings>>();
        sections.forEach(section -> sources.put(section.path(), read(reader, section, names)));
        if (mode == Placement.EMBEDDED && sections.stream().allMatch(section -> reader.size(section.path()) == 0)) {
            var paths = sections.stream().map(SourceSection::path).toList();
            reader.problem(
                    paths.get(0),
                    "there is none, and no "
                            + paths.stream().skip(1).collect(Collectors.joining(" or "))
                            + "; allowed is one or more while ingest.mode is embedded");
        }
        return new IngestSettings(mode, sources);
    }

    private static <T extends SourceSettings> List<T> read(
            SettingsReader reader, SourceSection<T> section, Set<String> names) {
        var sources = new ArrayList<T>();
        for (int place = 0; place < reader.size(section.path()); place++) {
            var name = section.path() + "[" + place + "].name";
            section.reading().apply(reader, place).ifPresent(source -> {
                sources.add(source);
                if (!names.add(source.name())) {
                    reader.problem(
                            name,
                            "'" + source.name() + "' stands twice; allowed is a name for each mailbox and source");
                }
            });
        }
        return List.copyOf(sources);
    }
}

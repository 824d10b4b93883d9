package dev.vorrang.app.settings;

import dev.vorrang.scoring.rule.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The section {@code streams.<name>} of the settings.
 *
 * @param name of the stream
 * @param type what it is read into
 * @param sections its keys, in the order of the reference
 * @param sources where its sources are listed, if this program can read any
 * @param reading makes its settings, given further settings of Kafka's clients by Kafka's names
 * @param actionFields what conditions of actions may ask of its records, if they can be acted on
 * @param <S> type of its settings
 */
public record StreamSection<S extends StreamOptions>(
        String name,
        Class<S> type,
        List<Section> sections,
        Optional<SourceSection<?>> sources,
        BiFunction<SettingsReader, Map<String, String>, S> reading,
        Optional<Fields<?>> actionFields) {

    public StreamSection {
        sections = List.copyOf(sections);
    }

    /** One whose records cannot be acted on. */
    public StreamSection(
            String name,
            Class<S> type,
            List<Section> sections,
            Optional<SourceSection<?>> sources,
            BiFunction<SettingsReader, Map<String, String>, S> reading) {
        this(name, type, sections, sources, reading, Optional.empty());
    }

    /** The same with records that can be acted on. */
    public StreamSection<S> withActions(Fields<?> fields) {
        return new StreamSection<>(name, type, sections, sources, reading, Optional.of(fields));
    }

    /** Those of an empty file. */
    public S defaults() {
        return reading.apply(SettingsReader.empty(), Map.of());
    }

    /**
     * Those of an empty file with one key set.
     *
     * @param key its name after {@code streams.<name>.}
     * @throws IllegalArgumentException if the value is not allowed
     */
    public S with(String key, Object value) {
        var variable = Key.variable("streams." + name + "." + key);
        var keys = sections.stream().flatMap(section -> section.keys().stream()).toList();
        var reader = new SettingsReader(SettingsFile.none(), Map.of(variable, value.toString()), keys);
        S settings = reading.apply(reader, Map.of());
        if (!reader.problems().isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", reader.problems()));
        }
        return settings;
    }
}

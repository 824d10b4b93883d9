package dev.vorrang.app.settings;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * The section {@code streams.<name>} of the settings.
 *
 * @param name of the stream
 * @param type what it is read into
 * @param sections its keys, in the order of the reference
 * @param fed whether the sources of this program feed the stream
 * @param reading makes its settings, given further settings of Kafka's clients by Kafka's names
 * @param <S> type of its settings
 */
public record StreamSection<S extends StreamOptions>(
        String name,
        Class<S> type,
        List<Section> sections,
        Predicate<IngestSettings> fed,
        BiFunction<SettingsReader, Map<String, String>, S> reading) {

    public StreamSection {
        sections = List.copyOf(sections);
    }

    /** Those of an empty file. */
    public S defaults() {
        return reading.apply(SettingsReader.empty(), Map.of());
    }
}

package dev.vorrang.app.settings;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Where the settings list the sources of a stream.
 *
 * @param path of the list, such as {@code ingest.mailboxes}
 * @param sections keys of a source, in the order of the reference
 * @param reading reads the source at a place of the list; empty if something that is needed is not there, which the reader then has as
 *     a problem
 * @param <T> type of a source
 */
public record SourceSection<T extends SourceSettings>(
        String path, List<Section> sections, BiFunction<SettingsReader, Integer, Optional<T>> reading) {

    public SourceSection {
        sections = List.copyOf(sections);
    }
}

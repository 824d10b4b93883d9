package dev.vorrang.training.mail;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.vorrang.training.TrainingDataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Translates the labels of several data sets into one set of labels. The file has the columns {@code file,head,from,to}: in the
 * data file of that name the label {@code from} of that head becomes {@code to}; an empty {@code to}, or no row at all for a
 * file and head that the map speaks of, leaves the mail unlabelled; {@code *} in {@code from} stands for all labels without a row of
 * their own. Files and heads that it does not speak of keep their labels. An optional column {@code of} names another head
 * whose label is translated, for a file that has none of this head: the urgency of a topic, say.
 */
final class LabelMap {

    private record Key(String file, String head) {}

    private static final String ANY = "*";

    private final Map<Key, Map<String, String>> labels = new HashMap<>();
    private final Map<Key, String> others = new HashMap<>();

    static LabelMap none() {
        return new LabelMap();
    }

    /** @throws TrainingDataException if the file cannot be read or lacks a column */
    static LabelMap read(Path file) {
        var map = new LabelMap();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : rows) {
                var key = new Key(row.getField("file"), row.getField("head"));
                map.labels.computeIfAbsent(key, first -> new HashMap<>()).put(row.getField("from"), row.getField("to"));
                row.findField("of").filter(other -> !other.isBlank()).ifPresent(other -> map.others.put(key, other));
            }
        } catch (java.util.NoSuchElementException e) {
            throw new TrainingDataException("mapping " + file + ": needs the columns file,head,from,to", e);
        } catch (IOException | RuntimeException e) {
            throw new TrainingDataException("mapping " + file + " cannot be read: " + e.getMessage(), e);
        }
        return map;
    }

    /** The label to learn, empty for none. */
    Optional<String> translate(String file, String head, String label) {
        Map<String, String> known = labels.get(new Key(file, head));
        return Optional.ofNullable(known == null ? label : known.getOrDefault(label, known.get(ANY)))
                .filter(text -> !text.isBlank());
    }

    /** The head whose labels are translated into those of this one, if it is another. */
    Optional<String> other(String file, String head) {
        return Optional.ofNullable(others.get(new Key(file, head)));
    }
}

package dev.vorrang.ingest.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line that names the columns.
 *
 * @param names without the whitespace around them; none in an empty file
 * @param separator of fields
 * @param line number of the line that it begins on
 */
public record CsvHeader(List<String> names, char separator, long line) {

    /** The first of those under which most columns are found is taken. */
    private static final String SEPARATORS = ",;\t|";

    /** What Excel reads the separator from, and nothing else. */
    private static final Pattern HINT = Pattern.compile("\"?sep=([^\"\\r\\n])\"?[\\r\\n]");

    private static final int MAX_SHOWN = 30;
    private static final int MAX_CHARACTERS_SHOWN = 40;

    /**
     * Finds header and separator.
     *
     * @param start of the file
     * @param columns asked for
     * @throws CsvParseException if the first line is no CSV, whatever the separator
     */
    public static CsvHeader find(String start, List<String> columns) {
        Matcher hint = HINT.matcher(start);
        if (hint.lookingAt()) {
            return parse(start, hint.group(1).charAt(0));
        }
        Optional<CsvHeader> best = Optional.empty();
        Optional<CsvParseException> problem = Optional.empty();
        for (char separator : SEPARATORS.toCharArray()) {
            try {
                CsvHeader header = parse(start, separator);
                if (best.isEmpty() || header.isBetterThan(best.get(), columns)) {
                    best = Optional.of(header);
                }
            } catch (CsvParseException e) {
                problem = problem.or(() -> Optional.of(e));
            }
        }
        if (best.isEmpty()) {
            throw problem.orElseThrow();
        }
        return best.get();
    }

    /**
     * Reads a header whose separator is known.
     *
     * @throws CsvParseException if the first line is no CSV
     */
    public static CsvHeader parse(String start, char separator) {
        boolean skip = HINT.matcher(start).lookingAt();
        for (CsvRecord row : reader(separator).ofCsvRecord(start)) {
            if (!skip) {
                List<String> names = row.getFields().stream().map(String::strip).toList();
                return new CsvHeader(names, separator, row.getStartingLineNumber());
            }
            skip = false;
        }
        return new CsvHeader(List.of(), separator, 1);
    }

    /** Reads rows of any number of fields, and none of blank lines. */
    public static CsvReader.CsvReaderBuilder reader(char separator) {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .skipEmptyLines(true)
                .allowMissingFields(true)
                .allowExtraFields(true);
    }

    private boolean isBetterThan(CsvHeader other, List<String> columns) {
        long found = found(columns);
        long foundByOther = other.found(columns);
        return found > foundByOther || found == 0 && foundByOther == 0 && names.size() > other.names.size();
    }

    private long found(List<String> columns) {
        return columns.stream().filter(names::contains).count();
    }

    boolean isDouble(String column) {
        return Collections.frequency(names, column) > 1;
    }

    /** Whether a name is written over several lines, as is one whose quotation mark is never closed. */
    boolean hasLineBreak() {
        return names.stream().anyMatch(name -> name.indexOf('\n') >= 0 || name.indexOf('\r') >= 0);
    }

    /** The name that differs from this one in nothing but case, whitespace and punctuation. */
    Optional<String> near(String column) {
        String letters = letters(column);
        return names.stream()
                .filter(name -> !letters.isEmpty() && letters(name).equals(letters))
                .findFirst();
    }

    private static String letters(String name) {
        return name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
    }

    /** The names in one line for people. */
    String shown() {
        var shown = new ArrayList<String>();
        for (String name : names.subList(0, Math.min(names.size(), MAX_SHOWN))) {
            String clean = name.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", " ");
            shown.add(clean.length() > MAX_CHARACTERS_SHOWN ? clean.substring(0, MAX_CHARACTERS_SHOWN) + "…" : clean);
        }
        if (names.size() > MAX_SHOWN) {
            shown.add("and " + (names.size() - MAX_SHOWN) + " more");
        }
        return shown.toString();
    }
}

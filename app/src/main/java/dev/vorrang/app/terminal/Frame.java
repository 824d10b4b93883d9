package dev.vorrang.app.terminal;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jline.utils.AttributedString;

/**
 * What stands about the rows of a table.
 *
 * @param above lines that come first, such as title and header
 * @param below lines that come last, such as figures
 */
public record Frame(Cells cells, List<AttributedString> above, List<AttributedString> below) {

    /** Rows for which there is room before there is any for figures. */
    private static final int FEW = 3;

    /**
     * The whole table: of rows that do not fit, the last are left out, and a line tells how many.
     *
     * @param rows most pressing first
     * @param total of rows, with those that are no longer kept
     * @param line draws a row
     * @return at most height lines of at most width columns
     */
    public <R> List<AttributedString> around(
            List<R> rows, long total, Function<R, AttributedString> line, int width, int height) {
        var foot = below;
        if (height - above.size() - below.size() < Math.min(rows.size(), FEW)) {
            // In a low terminal rows tell more than figures; what parts the table from the next one stays.
            foot = below.stream().filter(each -> each.length() == 0).toList();
        }
        int room = Math.max(0, height - above.size() - foot.size());
        boolean all = rows.size() <= room;
        var fitting = rows.stream().limit(all ? room : Math.max(0, room - 1)).map(line);
        var rest = all || room == 0
                ? Stream.<AttributedString>empty()
                : Stream.of(cells.styled("… and " + (total - room + 1) + " less pressing", Cells.FAINT));
        return Stream.of(above.stream(), fitting, rest, foot.stream())
                .flatMap(lines -> lines)
                .limit(Math.max(height, 0))
                .map(each -> Cells.fit(each, width))
                .toList();
    }
}

package dev.vorrang.training.demand;

import dev.vorrang.ingest.reading.CsvFormat;
import dev.vorrang.scoring.demand.model.DemandPeriod;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * What the columns of a file of demand are, and how its rows become periods.
 *
 * @param item names the item
 * @param time a time within the period, or a number that counts steps
 * @param quantity the demand; rows of one item and period are summed
 * @param known columns of numbers that are known in advance: the mean of a period's rows counts
 * @param period how periods count
 * @param stepSize numbers that make one period of {@link DemandPeriod#STEP}, 1 or more
 * @param zone of the items' clock, and of times without an offset
 * @param format of fields and numbers
 * @param gaps what a period without a row means
 */
public record DemandColumns(
        String item,
        String time,
        String quantity,
        List<String> known,
        DemandPeriod period,
        long stepSize,
        ZoneId zone,
        CsvFormat format,
        Gaps gaps) {

    public DemandColumns {
        known = List.copyOf(known);
        if (new HashSet<>(all(item, time, quantity, known)).size() != 3 + known.size()) {
            throw new IllegalArgumentException(
                    "columns " + all(item, time, quantity, known) + ": none may stand twice");
        }
        if (stepSize < 1) {
            throw new IllegalArgumentException("period " + stepSize + ": allowed is 1 or more");
        }
    }

    /** In UTC, with separators and gaps found out. */
    public DemandColumns(String item, String time, String quantity, List<String> known, DemandPeriod period) {
        this(item, time, quantity, known, period, 1, ZoneOffset.UTC, CsvFormat.AUTOMATIC, Gaps.AUTO);
    }

    /** All of them: item, time, quantity, then what is known in advance. */
    List<String> all() {
        return all(item, time, quantity, known);
    }

    private static List<String> all(String item, String time, String quantity, List<String> known) {
        var all = new ArrayList<>(List.of(item, time, quantity));
        all.addAll(known);
        return all;
    }
}

package dev.vorrang.app.streams.machine.terminal;

import static dev.vorrang.app.terminal.Cells.cell;

import dev.vorrang.app.terminal.Cells;
import dev.vorrang.schemas.AlertKind;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.text.ForeignText;
import dev.vorrang.schemas.view.MachineAlertView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Draws machines as lines of text that fit a terminal. */
public final class MachineTable {

    private static final int STATE = 15;
    private static final int MACHINE = 16;
    private static final int ANOMALY = 8;
    private static final int LIFE = 14;
    private static final int WITH_LIFE = 100;
    private static final int MOST_SENSORS = 3;

    private final String title;
    private final Cells cells;

    /**
     * @param title stands above the table
     * @param colours whether to colour
     */
    public MachineTable(String title, boolean colours) {
        this.title = title;
        this.cells = new Cells(colours);
    }

    /** At most height lines of at most width columns; of machines that do not fit the least pressing are left out. */
    public List<AttributedString> draw(MachineBoard.Snapshot board, int width, int height) {
        var lines = new ArrayList<AttributedString>();
        lines.add(cells.styled(title, Cells.PLAIN.bold()));
        lines.add(header(width));
        var below = Cells.wrap(figures(board), width);
        int room = Math.max(0, height - 3 - below.size());
        boolean all = board.rows().size() <= room;
        board.rows().stream()
                .limit(all ? room : Math.max(0, room - 1))
                .map(row -> row(row, width))
                .forEach(lines::add);
        if (!all && room > 0) {
            lines.add(cells.styled("… and " + (board.rows().size() - room + 1) + " less pressing", Cells.FAINT));
        }
        lines.addAll(below);
        lines.add(AttributedString.EMPTY);
        return lines.stream()
                .limit(Math.max(height, 0))
                .map(line -> Cells.fit(line, width))
                .toList();
    }

    AttributedString header(int width) {
        var style = Cells.PLAIN.underline();
        var line = new AttributedStringBuilder();
        cell(line, "STATE", STATE, style);
        cell(line, "MACHINE", MACHINE, style);
        cell(line, "ANOMALY", ANOMALY, style);
        if (width >= WITH_LIFE) {
            cell(line, "EXPECTED LIFE", LIFE, style);
        }
        cell(line, "MAIN CONTRIBUTORS", contributors(width), style);
        return line.toAttributedString();
    }

    /** One machine, as wide as told. */
    AttributedString row(MachineBoard.Row row, int width) {
        var line = new AttributedStringBuilder();
        cell(line, state(row), STATE, cells.paint(style(row)));
        cell(line, ForeignText.line(row.machine()), MACHINE, row.alerts().isEmpty() ? Cells.PLAIN : Cells.PLAIN.bold());
        cell(line, row.score().map(MachineTable::anomaly).orElse("–"), ANOMALY, Cells.PLAIN);
        if (width >= WITH_LIFE) {
            cell(line, row.score().map(MachineTable::life).orElse("–"), LIFE, Cells.PLAIN);
        }
        cell(line, ForeignText.line(contributing(row)), contributors(width), Cells.PLAIN);
        return line.toAttributedString();
    }

    /** The figures below the table. */
    AttributedString figures(MachineBoard.Snapshot board) {
        var line = new AttributedStringBuilder()
                .append(board.scored() + " readings scored", Cells.PLAIN.bold())
                .append(": " + board.raised() + " alerts raised, " + board.open() + " open")
                .append("  ·  latency p50 " + Cells.millis(board.p50()) + ", p99 " + Cells.millis(board.p99()));
        if (board.deadLetters() > 0) {
            line.append("  ·  " + board.deadLetters() + " dead letters");
        }
        return line.toAttributedString();
    }

    /** One line about an alert. */
    static String line(MachineAlert alert) {
        var words = new StringBuilder("alert " + alert.getState().name().toLowerCase(Locale.ROOT) + ": "
                + alert.getMachine() + ", " + MachineAlertView.name(alert.getKind()));
        if (alert.getFault() != null) {
            words.append(" ").append(alert.getFault());
        }
        if (!alert.getSensors().isEmpty()) {
            words.append(": ").append(shares(alert.getSensors(), alert.getKind()));
        }
        if (alert.getRul() != null) {
            words.append(String.format(Locale.ROOT, ", expected life %.0f", alert.getRul()));
        }
        return ForeignText.line(words.toString());
    }

    private static int contributors(int width) {
        int left = width - STATE - MACHINE - ANOMALY - 3 * Cells.GAP;
        return Math.max(1, width >= WITH_LIFE ? left - LIFE - Cells.GAP : left);
    }

    private static String state(MachineBoard.Row row) {
        if (!row.alerts().isEmpty()) {
            return " "
                    + row.alerts().values().stream()
                            .map(MachineAlert::getKind)
                            .distinct()
                            .sorted()
                            .map(MachineAlertView::name)
                            .collect(Collectors.joining(", "))
                    + " ";
        }
        return row.score()
                .map(score -> {
                    if (score.getMaintenance()) {
                        return " maintenance";
                    }
                    return switch (score.getStatus()) {
                        case WARMING_UP -> " warming up";
                        case LATE -> " late";
                        case AHEAD -> " clock ahead";
                        case SCORED -> " normal";
                    };
                })
                .orElse("–");
    }

    private static AttributedStyle style(MachineBoard.Row row) {
        if (row.alerts().isEmpty()) {
            return Cells.FAINT;
        }
        return MachineBoard.isWarning(row) ? Cells.WARNING : Cells.ALARM;
    }

    /** Four digits say one in ten thousand; more nines than that are shown as such, not as 1. */
    private static String anomaly(MachineScore score) {
        Double anomaly = score.getAnomaly();
        return anomaly == null ? "–" : String.format(Locale.ROOT, "%.4f", Math.min(anomaly, 0.9999));
    }

    private static String life(MachineScore score) {
        if (score.getRul() == null) {
            return "–";
        }
        Double low = score.getRulQuantiles().get("0.1");
        Double high = score.getRulQuantiles().get("0.9");
        String range = low == null || high == null ? "" : String.format(Locale.ROOT, " (%.0f–%.0f)", low, high);
        return String.format(Locale.ROOT, "%.0f", score.getRul()) + range;
    }

    private static String contributing(MachineBoard.Row row) {
        return row.alerts().values().stream()
                .filter(alert -> !alert.getSensors().isEmpty() || alert.getFault() != null)
                .map(alert -> (alert.getFault() == null ? "" : alert.getFault() + " ")
                        + shares(alert.getSensors(), alert.getKind()))
                .collect(Collectors.joining("  ·  "));
    }

    private static String shares(Map<String, Float> sensors, AlertKind kind) {
        if (kind == AlertKind.STUCK_SENSOR) {
            return sensors.keySet().stream().sorted().limit(MOST_SENSORS).collect(Collectors.joining(", ")) + " stuck";
        }
        return sensors.entrySet().stream()
                .sorted(Map.Entry.<String, Float>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .filter(share -> share.getValue() >= 0.05f)
                .limit(MOST_SENSORS)
                .map(share -> share.getKey() + " " + Math.round(100 * share.getValue()) + " %")
                .collect(Collectors.joining(", "));
    }
}

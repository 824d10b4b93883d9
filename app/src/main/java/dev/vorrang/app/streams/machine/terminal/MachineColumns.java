package dev.vorrang.app.streams.machine.terminal;

import static dev.vorrang.app.terminal.Cells.cell;

import dev.vorrang.app.terminal.AlertColumns;
import dev.vorrang.app.terminal.AlertRows;
import dev.vorrang.app.terminal.AlertRows.Row;
import dev.vorrang.app.terminal.Cells;
import dev.vorrang.schemas.AlertKind;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.text.ForeignText;
import dev.vorrang.schemas.view.MachineAlertView;
import dev.vorrang.schemas.view.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/** Machines in lines of text: how each is, and which sensors tell so. */
public final class MachineColumns implements AlertColumns<MachineScore, MachineAlert> {

    /** Alerts about the readings of a machine rather than about itself are warnings. */
    public static final AlertRows<MachineScore, MachineAlert> ROWS = new AlertRows<>(
            MachineScore.class,
            MachineScore::getMachine,
            new MachineAlertView(),
            alert -> new AlertRows.Change(
                    alert.getId(), alert.getState() == AlertState.RAISED, alert.getState() == AlertState.CLEARED),
            Severity.HIGH);

    private static final int STATE = 15;
    private static final int MACHINE = 16;
    private static final int ANOMALY = 8;
    private static final int LIFE = 14;
    private static final int WITH_LIFE = 100;
    private static final int MOST_SENSORS = 3;

    @Override
    public String seen() {
        return "readings scored";
    }

    @Override
    public AttributedString header(List<Row<MachineScore, MachineAlert>> rows, int width) {
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

    @Override
    public AttributedString row(Row<MachineScore, MachineAlert> row, int width, Cells cells) {
        var line = new AttributedStringBuilder();
        cell(line, state(row), STATE, cells.paint(ROWS.style(row)));
        cell(line, ForeignText.line(row.key()), MACHINE, row.alerts().isEmpty() ? Cells.PLAIN : Cells.PLAIN.bold());
        cell(line, row.latest().map(MachineColumns::anomaly).orElse("–"), ANOMALY, Cells.PLAIN);
        if (width >= WITH_LIFE) {
            cell(line, row.latest().map(MachineColumns::life).orElse("–"), LIFE, Cells.PLAIN);
        }
        cell(line, ForeignText.line(contributing(row)), contributors(width), Cells.PLAIN);
        return line.toAttributedString();
    }

    @Override
    public String line(MachineAlert alert) {
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

    private static String state(Row<MachineScore, MachineAlert> row) {
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
        return row.latest()
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

    private static String contributing(Row<MachineScore, MachineAlert> row) {
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
        return MachineAlertView.worstFirst(sensors).stream()
                .filter(share -> share.getValue() >= 0.05f)
                .limit(MOST_SENSORS)
                .map(share -> share.getKey() + " " + Math.round(100 * share.getValue()) + " %")
                .collect(Collectors.joining(", "));
    }
}

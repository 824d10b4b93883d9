package dev.vorrang.app.streams.machine.score;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.vorrang.schemas.MachineAlert;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/**
 * Writes changes of alerts as CSV: machine, kind, state, start, time, peak, sensors, type. Times are ISO 8601 in UTC; the sensors to blame are
 * in one field, the worst first, with semicolons between. For one thread; what it writes to stays the caller's.
 */
public final class AlertTable {

    private final CsvWriter csv;

    public AlertTable(Writer out) {
        csv = CsvWriter.builder().build(out);
        csv.writeRecord("machine", "kind", "state", "start", "time", "peak", "sensors", "type");
    }

    /** Writes a line. */
    public void write(MachineAlert alert) {
        csv.writeRecord(
                alert.getMachine(),
                alert.getKind().name(),
                alert.getState().name(),
                alert.getStart().toString(),
                alert.getTime().toString(),
                String.format(Locale.ROOT, "%.6f", alert.getPeak()),
                String.join(";", alert.getSensors().keySet()),
                alert.getType());
    }

    /** Hands on what is not written yet. */
    public void flush() throws IOException {
        csv.flush();
    }
}

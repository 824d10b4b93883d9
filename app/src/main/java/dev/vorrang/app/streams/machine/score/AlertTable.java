package dev.vorrang.app.streams.machine.score;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.vorrang.schemas.MachineAlert;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes changes of alerts as CSV: machine, kind, state, start, time, peak, sensors, and the type where machines have one. Times are ISO 8601 in
 * UTC; the sensors to blame are in one field, the worst first, with semicolons between. For one thread; what it writes to stays the caller's.
 */
public final class AlertTable {

    private static final List<String> COLUMNS = List.of("machine", "kind", "state", "start", "time", "peak", "sensors");

    private final CsvWriter csv;
    private final boolean types;

    /** @param types whether there are types of machines */
    public AlertTable(Writer out, boolean types) {
        this.csv = CsvWriter.builder().build(out);
        this.types = types;
        write(COLUMNS, "type");
    }

    /** Writes a line. */
    public void write(MachineAlert alert) {
        write(
                List.of(
                        alert.getMachine(),
                        alert.getKind().name(),
                        alert.getState().name(),
                        alert.getStart().toString(),
                        alert.getTime().toString(),
                        String.format(Locale.ROOT, "%.6f", alert.getPeak()),
                        String.join(";", alert.getSensors().keySet())),
                alert.getType());
    }

    private void write(List<String> fields, String type) {
        var row = new ArrayList<>(fields);
        if (types) {
            row.add(type);
        }
        csv.writeRecord(row);
    }

    /** Hands on what is not written yet. */
    public void flush() throws IOException {
        csv.flush();
    }
}

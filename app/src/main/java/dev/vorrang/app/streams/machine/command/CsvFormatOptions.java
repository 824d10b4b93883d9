package dev.vorrang.app.streams.machine.command;

import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.ingest.reading.CsvFormat;
import dev.vorrang.training.machine.MachineColumns;
import java.time.DateTimeException;
import java.time.ZoneId;
import picocli.CommandLine.Option;

/** Options that tell how a file of readings is written, where that is not to be found out. */
final class CsvFormatOptions {

    @Option(
            names = "--time-zone",
            paramLabel = "ZONE",
            defaultValue = "UTC",
            description = "Zone of times without an offset, such as Europe/Berlin. Default: ${DEFAULT-VALUE}")
    private String zone;

    @Option(
            names = "--separator",
            paramLabel = "CHAR",
            defaultValue = "auto",
            description = "Separator of fields: " + CsvFormat.SEPARATORS + ". Default: ${DEFAULT-VALUE}")
    private String separator;

    @Option(
            names = "--decimal",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "Decimal separator: " + CsvFormat.DECIMALS + ". Default: ${DEFAULT-VALUE}")
    private String decimal;

    /** The columns, written as the options say. */
    MachineColumns of(MachineColumns columns) {
        return columns.in(zone(), format());
    }

    private ZoneId zone() {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw CommandFailedException.wrongUsage(
                    "--time-zone '" + zone + "': allowed is a time zone, such as Europe/Berlin");
        }
    }

    private CsvFormat format() {
        try {
            return CsvFormat.of(separator, decimal);
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.wrongUsage("--separator or --decimal " + e.getMessage());
        }
    }
}

package dev.vorrang.app.streams.demand.command;

import com.fasterxml.jackson.core.JsonPointer;
import dev.vorrang.app.command.options.ReplayOptions;
import dev.vorrang.app.command.options.ReplayOptions.Line;
import dev.vorrang.app.command.options.ReplayOptions.Lines;
import dev.vorrang.app.command.options.SettingsOption;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.ingest.file.FolderReader;
import dev.vorrang.ingest.reading.CsvFormat;
import dev.vorrang.ingest.reading.CsvReadingDecoder;
import dev.vorrang.ingest.reading.Decoded;
import dev.vorrang.ingest.reading.JsonReadingDecoder;
import dev.vorrang.ingest.reading.OrderLines;
import dev.vorrang.schemas.DemandObservation;
import dev.vorrang.schemas.SeriesKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vorrang replay demand}: plays order lines, or totals of periods. */
@Command(
        name = "demand",
        description = {
            "Sends order lines, or totals of periods, of a CSV or JSON Lines file at the speed at which they came, or any"
                    + " other.",
            "Needs the broker and registry of the settings; those of a running 'vorrang run' will do. The file should be"
                    + " sorted by time."
        },
        sortOptions = false)
public final class ReplayDemandCommand implements Runnable {

    @Mixin
    private SettingsOption config;

    @Mixin
    private ReplayOptions replay = new ReplayOptions();

    @Option(
            names = "--item",
            paramLabel = "COL",
            description = "Column of the item, or JSON pointer such as /item; the name of the file, if not given.")
    private Optional<String> item = Optional.empty();

    @Option(
            names = "--time",
            paramLabel = "COL",
            required = true,
            description = "Column of the time, or JSON pointer such as /time.")
    private String time;

    @Option(
            names = "--quantity",
            paramLabel = "COL",
            defaultValue = "quantity",
            description = "Column or JSON member of the quantity. Default: ${DEFAULT-VALUE}")
    private String quantity;

    @Option(
            names = "--location",
            paramLabel = "COL",
            description = "Column or JSON member of the location, for items that are ordered at several.")
    private Optional<String> location = Optional.empty();

    @Option(
            names = "--id",
            paramLabel = "COL",
            description = "Column or JSON member that identifies an order line. Default: the position in the file")
    private Optional<String> id = Optional.empty();

    @Option(
            names = "--known",
            paramLabel = "COL",
            split = ",",
            description = "Columns or JSON members of numbers known in advance, such as promotion and price.")
    private List<String> known = List.of();

    @Option(names = "--totals", description = "Rows are totals of periods, not order lines.")
    private boolean totals;

    @Option(
            names = "--time-zone",
            paramLabel = "ZONE",
            defaultValue = "UTC",
            description = "Zone of times without an offset. Default: ${DEFAULT-VALUE}")
    private String zone;

    @Spec
    private CommandSpec spec;

    /** @param settings reads the settings of all streams from a file */
    public ReplayDemandCommand(Function<Path, Settings> settings) {
        this.config = new SettingsOption(settings);
    }

    @Override
    public void run() {
        Settings settings = config.load();
        boolean pointers = replay.hasDocuments(time);
        var target = new OrderLines(new OrderLines.Fields(quantity, location, id, known, totals));
        var csv = new CsvReadingDecoder(new CsvReadingDecoder.Columns(
                item, Optional.of(time), Set.of(), Set.of(), zone(), CsvFormat.AUTOMATIC, target));
        var json = new JsonReadingDecoder(new JsonReadingDecoder.Fields(
                JsonPointer.empty(),
                item.filter(any -> pointers).map(each -> ReplayOptions.pointer("--item", each)),
                Optional.of(time).filter(any -> pointers).map(each -> ReplayOptions.pointer("--time", each)),
                JsonPointer.empty(),
                zone(),
                target));
        replay.play(
                () -> new Orders(FolderReader.ofFile(replay.file(), csv, json)),
                settings.topics().topics().demandObserved(),
                totals ? "totals" : "order lines",
                settings,
                spec.commandLine());
    }

    private ZoneId zone() {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw CommandFailedException.wrongUsage(
                    "--time-zone " + zone + ": allowed is a time zone, such as Europe/Berlin");
        }
    }

    /** Closing it closes the reader. */
    private record Orders(FolderReader reader) implements Lines<DemandObservation> {

        @Override
        public List<Line<DemandObservation>> take(int most) throws IOException {
            return reader.take(most).stream().map(read -> line(read.decoded())).toList();
        }

        /** Orders play at any speed: when they were read tells nothing of their times. */
        private static Line<DemandObservation> line(Decoded decoded) {
            if (decoded instanceof Decoded.Refused bad) {
                return Line.refused(bad.source() + ": " + bad.message());
            }
            var observation = DemandObservation.newBuilder(((Decoded.Observed) decoded).observation())
                    .setReceivedAt(null)
                    .build();
            String key = SeriesKey.of(observation.getItem(), observation.getLocation())
                    .toString();
            return Line.of(key, observation.getTime(), observation);
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}

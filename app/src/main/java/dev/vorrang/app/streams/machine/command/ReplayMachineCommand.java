package dev.vorrang.app.streams.machine.command;

import com.fasterxml.jackson.core.JsonPointer;
import dev.vorrang.app.command.options.ReplayOptions;
import dev.vorrang.app.command.options.ReplayOptions.Line;
import dev.vorrang.app.command.options.ReplayOptions.Lines;
import dev.vorrang.app.command.options.SettingsOption;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.ingest.file.FolderReader;
import dev.vorrang.ingest.reading.CsvReadingDecoder;
import dev.vorrang.ingest.reading.Decoded;
import dev.vorrang.ingest.reading.JsonReadingDecoder;
import dev.vorrang.schemas.SensorReading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vorrang replay machine}: plays recorded readings. */
@Command(
        name = "machine",
        description = {
            "Sends recorded readings, CSV or JSON Lines, at the speed at which they were recorded, or any other.",
            "Needs the broker and registry of the settings; those of a running 'vorrang run' will do."
        })
public final class ReplayMachineCommand implements Runnable {

    @Mixin
    private SettingsOption config;

    @Mixin
    private ReplayOptions replay = new ReplayOptions();

    @Option(
            names = "--machine",
            paramLabel = "COL",
            description =
                    "Column of the machine, or JSON pointer such as /machine; the name of the file, if not given.")
    private String machine;

    @Option(
            names = "--time",
            paramLabel = "COL",
            required = true,
            description = "Column of the time, or JSON pointer such as /time.")
    private String time;

    @Option(
            names = "--values",
            paramLabel = "POINTER",
            defaultValue = "",
            description = "JSON pointer to the values, such as /values; the whole document, if not given.")
    private String values;

    @Option(
            names = "--shift",
            description =
                    "Move all times so that the first is now. Without it they stay, and what was played before is not scored"
                            + " again.")
    private boolean shift;

    @Spec
    private CommandSpec spec;

    private Instant first;

    /** @param settings reads the settings of all streams from a file */
    public ReplayMachineCommand(Function<Path, Settings> settings) {
        this.config = new SettingsOption(settings);
    }

    @Override
    public void run() {
        Settings settings = config.load();
        boolean pointers = replay.hasDocuments(time);
        var named = Optional.ofNullable(machine);
        var csv = new CsvReadingDecoder(
                new CsvReadingDecoder.Columns(named, Optional.of(time), Set.of(), ZoneOffset.UTC));
        var json = new JsonReadingDecoder(new JsonReadingDecoder.Fields(
                JsonPointer.empty(),
                named.filter(any -> pointers).map(each -> ReplayOptions.pointer("--machine", each)),
                Optional.of(time).filter(any -> pointers).map(each -> ReplayOptions.pointer("--time", each)),
                ReplayOptions.pointer("--values", values),
                ZoneOffset.UTC));
        replay.play(
                () -> new Readings(FolderReader.ofFile(replay.file(), csv, json)),
                settings.topics().topics().machineReadings(),
                "readings",
                settings,
                spec.commandLine());
    }

    /** Closing it closes the reader. */
    private final class Readings implements Lines<SensorReading> {

        private final FolderReader reader;

        Readings(FolderReader reader) {
            this.reader = reader;
        }

        @Override
        public List<Line<SensorReading>> take(int most) throws IOException {
            return reader.take(most).stream().map(read -> line(read.decoded())).toList();
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    private Line<SensorReading> line(Decoded decoded) {
        if (decoded instanceof Decoded.Refused bad) {
            return Line.refused(bad.source() + ": " + bad.message());
        }
        SensorReading reading = ((Decoded.Accepted) decoded).reading();
        first = first == null ? reading.getTime() : first;
        return Line.of(reading.getMachine(), reading.getTime(), recorded(shift ? shifted(reading) : reading));
    }

    /** A recording plays at any speed: when it was read tells nothing of its times. */
    private static SensorReading recorded(SensorReading reading) {
        return SensorReading.newBuilder(reading).setReceivedAt(null).build();
    }

    /** It is another reading then, with an id of its own. */
    private SensorReading shifted(SensorReading reading) {
        String id = UUID.nameUUIDFromBytes((reading.getId() + replay.started()).getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
        return SensorReading.newBuilder(reading)
                .setId(id)
                .setTime(reading.getTime().plus(Duration.between(first, replay.started())))
                .build();
    }
}

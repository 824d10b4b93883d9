package dev.vorrang.app.streams.machine.command;

import dev.vorrang.app.command.options.SettingsOption;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.StopSignal;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.stream.TopicWriter;
import dev.vorrang.ingest.file.FolderReader;
import dev.vorrang.ingest.reading.CsvReadingDecoder;
import dev.vorrang.ingest.reading.Decoded;
import dev.vorrang.ingest.reading.JsonReadingDecoder;
import dev.vorrang.schemas.SensorReading;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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

/** {@code vorrang replay}: plays recorded readings. */
@Command(
        name = "replay",
        description = {
            "Sends recorded readings, CSV or JSON Lines, at the speed at which they were recorded, or any other.",
            "Needs the broker and registry of the settings; those of a running 'vorrang run' will do."
        })
public final class ReplayCommand implements Runnable {

    private static final int LINES = 1_000;
    private static final int SHOWN = 5;

    @Mixin
    private SettingsOption config;

    @Option(
            names = "--in",
            paramLabel = "FILE",
            required = true,
            description =
                    "Recorded readings: .json, .jsonl or .ndjson with a document a line, else CSV with a header; also .gz.")
    private Path in;

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
            names = "--speed",
            paramLabel = "FACTOR",
            defaultValue = "1",
            description = "How much faster than recorded, above 0; max: as fast as it goes.")
    private String speed;

    @Option(
            names = "--shift",
            description =
                    "Move all times so that the first is now. Without it they stay, and what was played before is not scored"
                            + " again.")
    private boolean shift;

    @Spec
    private CommandSpec spec;

    private long sent;
    private long refused;
    private Instant first;
    private final Instant started = Instant.now();

    /** @param settings reads the settings of all streams from a file */
    public ReplayCommand(Function<Path, Settings> settings) {
        this.config = new SettingsOption(settings);
    }

    @Override
    public void run() {
        double factor = factor();
        Settings settings = config.load();
        if (!Files.isReadable(in) || Files.isDirectory(in)) {
            throw CommandFailedException.wrongUsage("--in " + in + ": allowed is a file that can be read");
        }
        PrintWriter err = spec.commandLine().getErr();
        try (var stop = StopSignal.install();
                var reader = reader();
                var writer =
                        TopicWriter.open(settings, settings.topics().topics().machineReadings())) {
            List<FolderReader.Read> lines = reader.take(LINES);
            while (!lines.isEmpty() && !stop.stopped()) {
                for (FolderReader.Read line : lines) {
                    if (line.decoded() instanceof Decoded.Accepted accepted) {
                        if (!send(accepted.reading(), factor, stop, writer)) {
                            break;
                        }
                    } else if (line.decoded() instanceof Decoded.Refused bad && refused++ < SHOWN) {
                        err.println("  " + bad.source() + ": " + bad.message());
                    }
                }
                lines = reader.take(LINES);
            }
        } catch (IOException e) {
            throw new CommandFailedException(in + " cannot be read: " + e.getMessage(), e);
        }
        spec.commandLine()
                .getOut()
                .println(sent + " readings sent" + (refused == 0 ? "" : ", " + refused + " lines were none"));
        if (sent == 0) {
            throw new CommandFailedException("there was no reading in " + in);
        }
    }

    private double factor() {
        if (speed.equalsIgnoreCase("max")) {
            return Double.POSITIVE_INFINITY;
        }
        try {
            double factor = Double.parseDouble(speed);
            if (factor > 0 && factor <= 1e9) {
                return factor;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw CommandFailedException.wrongUsage("--speed " + speed + ": allowed is a number above 0, or max");
    }

    private FolderReader reader() {
        boolean pointers = time.startsWith("/");
        if (FolderReader.isJson(in.getFileName().toString()) && !pointers) {
            throw CommandFailedException.wrongUsage(
                    "--time " + time + ": allowed for documents is a JSON pointer, such as /time");
        }
        Path file = realPath();
        var plan = new FolderReader.Plan(
                file.getParent(),
                "*",
                name -> name.equals(file.getFileName().toString()),
                new CsvReadingDecoder(new CsvReadingDecoder.Columns(
                        Optional.ofNullable(machine), Optional.of(time), Set.of(), ZoneOffset.UTC)),
                pointers
                        ? new JsonReadingDecoder(
                                JsonReadingDecoder.Fields.of(Optional.ofNullable(machine), Optional.of(time), values))
                        : new JsonReadingDecoder(
                                JsonReadingDecoder.Fields.of(Optional.empty(), Optional.empty(), values)),
                Duration.ZERO);
        return new FolderReader(plan, name -> Optional.empty(), Clock.systemUTC());
    }

    /** A folder is read without its symbolic links; a file that was named itself may be one. */
    private Path realPath() {
        try {
            return in.toRealPath();
        } catch (IOException e) {
            throw new CommandFailedException(in + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Sends a reading when its time has come; false if it is stopped before. */
    private boolean send(SensorReading reading, double factor, StopSignal stop, TopicWriter<SensorReading> writer) {
        if (first == null) {
            first = reading.getTime();
        }
        if (Double.isFinite(factor)) {
            double recorded = Duration.between(first, reading.getTime()).toMillis() / factor;
            Duration wait = Duration.between(Instant.now(), started.plusMillis((long) recorded));
            if (!wait.isNegative() && stop.await(wait)) {
                return false;
            }
        }
        writer.send(reading.getMachine(), recorded(shift ? shifted(reading) : reading));
        sent++;
        return true;
    }

    /** A recording plays at any speed: when it was read tells nothing of its times. */
    private static SensorReading recorded(SensorReading reading) {
        return SensorReading.newBuilder(reading).setReceivedAt(null).build();
    }

    /** It is another reading then, with an id of its own. */
    private SensorReading shifted(SensorReading reading) {
        String id = UUID.nameUUIDFromBytes((reading.getId() + started).getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
        return SensorReading.newBuilder(reading)
                .setId(id)
                .setTime(reading.getTime().plus(Duration.between(first, started)))
                .build();
    }
}

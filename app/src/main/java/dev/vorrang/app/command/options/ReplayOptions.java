package dev.vorrang.app.command.options;

import com.fasterxml.jackson.core.JsonPointer;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.StopSignal;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.stream.TopicWriter;
import dev.vorrang.ingest.file.FolderReader;
import dev.vorrang.schemas.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Options of commands that play a recorded file as a stream, and what they do. For one thread, once. */
public final class ReplayOptions {

    private static final int LINES = 1_000;
    private static final int SHOWN = 5;

    @Option(
            names = "--in",
            paramLabel = "FILE",
            required = true,
            description = "What was recorded: .json, .jsonl or .ndjson with a document a line, else CSV with a header;"
                    + " also .gz.")
    private Path in;

    @Option(
            names = "--speed",
            paramLabel = "FACTOR",
            defaultValue = "1",
            description = "How much faster than recorded, above 0; max: as fast as it goes.")
    private String speed;

    private long sent;
    private long refused;
    private Instant first;
    private final Instant started = Instant.now();

    /** The lines of a file. */
    public interface Lines<V> extends AutoCloseable {

        /**
         * Reads on.
         *
         * @param most lines, 1 or more
         * @return empty at the end
         */
        List<Line<V>> take(int most) throws IOException;

        @Override
        void close();
    }

    /**
     * What a line is: a record, or a problem.
     *
     * @param problem why it is no record
     */
    public record Line<V>(Optional<Recorded<V>> record, String problem) {

        public static <V> Line<V> of(String key, Instant time, V value) {
            return new Line<>(Optional.of(new Recorded<>(key, time, value)), "");
        }

        public static <V> Line<V> refused(String problem) {
            return new Line<>(Optional.empty(), problem);
        }
    }

    /** @param time when it was recorded */
    public record Recorded<V>(String key, Instant time, V value) {}

    /** When the first record is sent. */
    public Instant started() {
        return started;
    }

    /**
     * Whether the file has documents; their fields are named by JSON pointers.
     *
     * @param time as named by an option {@code --time}
     * @throws CommandFailedException if the file has documents, and the time is no pointer
     */
    public boolean hasDocuments(String time) {
        boolean pointers = time.startsWith("/");
        if (FolderReader.isJson(in.getFileName().toString()) && !pointers) {
            throw CommandFailedException.wrongUsage(
                    "--time " + time + ": allowed for documents is a JSON pointer, such as /time");
        }
        return pointers;
    }

    /**
     * A field of documents.
     *
     * @param option that names it
     * @throws CommandFailedException if it is no JSON pointer
     */
    public static JsonPointer pointer(String option, String pointer) {
        try {
            return JsonPointer.compile(pointer);
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.wrongUsage(
                    option + " " + pointer + ": allowed for documents is a JSON pointer, such as /item");
        }
    }

    /**
     * The file. A folder is read without its symbolic links; a file that was named itself may be one.
     *
     * @throws CommandFailedException if it cannot be read
     */
    public Path file() {
        if (!Files.isReadable(in) || Files.isDirectory(in)) {
            throw CommandFailedException.wrongUsage("--in " + in + ": allowed is a file that can be read");
        }
        try {
            return in.toRealPath();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private CommandFailedException unreadable(IOException cause) {
        return new CommandFailedException(in + " cannot be read: " + cause.getMessage(), cause);
    }

    /**
     * Sends each record when its time has come, until all are sent or the program is stopped.
     *
     * @param reading opens the file
     * @param words what the records are called
     * @param line gets what cannot be read, and how many were sent
     */
    public <V extends SpecificRecord> void play(
            Supplier<Lines<V>> reading, Topic<V> topic, String words, Settings settings, CommandLine line) {
        double factor = factor();
        try (var stop = StopSignal.install();
                var reader = reading.get();
                var writer = TopicWriter.open(settings, topic)) {
            List<Line<V>> lines = reader.take(LINES);
            while (!lines.isEmpty() && !stop.stopped()) {
                for (Line<V> each : lines) {
                    if (each.record().isEmpty()) {
                        refuse(each.problem(), line.getErr());
                    } else if (!send(each.record().get(), factor, stop, writer)) {
                        break;
                    }
                }
                lines = reader.take(LINES);
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        line.getOut().println(sent + " " + words + " sent" + (refused == 0 ? "" : ", " + refused + " lines were none"));
        if (sent == 0) {
            throw new CommandFailedException("there were no " + words + " in " + in);
        }
    }

    private void refuse(String problem, PrintWriter err) {
        if (refused++ < SHOWN) {
            err.println("  " + problem);
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

    /** Sends a record when its time has come; false if it is stopped before. */
    private <V extends SpecificRecord> boolean send(
            Recorded<V> row, double factor, StopSignal stop, TopicWriter<V> writer) {
        if (first == null) {
            first = row.time();
        }
        if (Double.isFinite(factor)) {
            double recorded = Duration.between(first, row.time()).toMillis() / factor;
            Duration wait = Duration.between(Instant.now(), started.plusMillis((long) recorded));
            if (!wait.isNegative() && stop.await(wait)) {
                return false;
            }
        }
        writer.send(row.key(), row.value());
        sent++;
        return true;
    }
}

package dev.vorrang.app.command;

import dev.vorrang.app.bench.Bench;
import dev.vorrang.app.bench.BenchFigures.Scenario;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.settings.StreamSettings;
import dev.vorrang.scoring.engine.StreamsSettings.Guarantee;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options of every {@code vorrang bench <stream>}. */
final class BenchOptions {

    private static final String RECORD_AT_A_TIME = "record-at-a-time";
    private static final String LOOP = "loop";
    private static final String NOTHING = "nothing";
    private static final Map<String, Optional<Scenario>> AGAINST = Map.of(
            RECORD_AT_A_TIME, Optional.of(Scenario.RECORD_AT_A_TIME),
            LOOP, Optional.of(Scenario.LOOP),
            NOTHING, Optional.empty());
    private static final int LEAST_RECORDS = 2_000;
    private static final int MOST_RECORDS = 10_000_000;
    /** As many as the topics have partitions. */
    private static final int MOST_INSTANCES = 4;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Folder of one version of a model. Default: the model that ships.")
    private Optional<Path> model = Optional.empty();

    @Option(
            names = "--records",
            paramLabel = "N",
            description =
                    "Records that the pipeline scores in a round; record at a time it scores a twentieth. Default: as the"
                            + " stream has it; of fewer most of the time goes into compiling.")
    private Optional<Integer> records = Optional.empty();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "What is compared takes turns so often; the median counts. Default: 3.")
    private int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How long each load is measured in a round. Default: 5.")
    private int seconds;

    @Option(
            names = "--against",
            paramLabel = "WHAT",
            defaultValue = RECORD_AT_A_TIME,
            description =
                    "What the pipeline is compared with besides its parts: record-at-a-time (default), loop (consume, score,"
                            + " produce without Kafka Streams) or nothing.")
    private String against;

    @Option(
            names = "--guarantee",
            paramLabel = "WHAT",
            defaultValue = "exactly-once",
            converter = Guarantees.class,
            description = "exactly-once (default) or at-least-once.")
    private Guarantee guarantee;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Stream threads. Default: as the settings have it, one for each core, at most 4.")
    private Optional<Integer> threads = Optional.empty();

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Most records in a call of the model. Default: as the settings have it.")
    private Optional<Integer> batch = Optional.empty();

    @Option(
            names = "--model-delay",
            paramLabel = "MS",
            defaultValue = "0",
            description = {
                "In place of the model one whose every call takes so many milliseconds, whatever the batch,",
                "and no processor, as on an accelerator. Default: 0, the model itself."
            })
    private double modelDelay;

    @Option(
            names = "--instances",
            paramLabel = "N",
            defaultValue = "1",
            description = {
                "Also measures so many instances of vorrang run against one, each in a process with a processor and a"
                        + " stream",
                "thread of its own, the broker on their processors too. Needs Linux and its taskset. Default: 1, none."
            })
    private int instances;

    /** Reads a guarantee as the settings write it. */
    private static final class Guarantees implements ITypeConverter<Guarantee> {

        @Override
        public Guarantee convert(String value) {
            for (Guarantee each : Guarantee.values()) {
                if (name(each).equals(value)) {
                    return each;
                }
            }
            throw new TypeConversionException("'" + value + "': allowed is exactly-once or at-least-once");
        }
    }

    static String name(Guarantee guarantee) {
        return guarantee.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Looks before any work is done.
     *
     * @throws CommandFailedException if a value is not allowed
     */
    void check() {
        if (!AGAINST.containsKey(against)) {
            throw CommandFailedException.wrongUsage(
                    "--against " + against + ": allowed is " + RECORD_AT_A_TIME + ", " + LOOP + " or " + NOTHING);
        }
        records.ifPresent(count -> require("--records", count, LEAST_RECORDS, MOST_RECORDS));
        require("--rounds", rounds, 1, 100);
        require("--seconds", seconds, 1, 3_600);
        threads.ifPresent(count -> require("--threads", count, 1, 128));
        batch.ifPresent(size -> require("--batch", size, 1, 65_536));
        require("--instances", instances, 1, MOST_INSTANCES);
        if (!(modelDelay >= 0 && modelDelay <= 10_000)) {
            throw CommandFailedException.wrongUsage("--model-delay " + modelDelay + ": allowed is 0 to 10000");
        }
        if (instances > 1 && modelDelay > 0) {
            throw CommandFailedException.wrongUsage(
                    "--model-delay with --instances: instances have the model itself, so allowed is one of the two");
        }
    }

    private static void require(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw CommandFailedException.wrongUsage(
                    option + " " + value + ": allowed is a whole number from " + least + " to " + most);
        }
    }

    Optional<Path> model() {
        return model;
    }

    /** Zero for the model's own. */
    Duration delay() {
        return Duration.ofNanos(Math.round(modelDelay * 1e6));
    }

    int threads() {
        return threads.orElseGet(StreamSettings::defaultThreads);
    }

    /**
     * @param defaultRecords of a round, where no option says
     * @param defaultBatch most records in a call, likewise
     */
    Bench.Options chosen(int defaultRecords, int defaultBatch) {
        return new Bench.Options(
                records.orElse(defaultRecords),
                rounds,
                AGAINST.get(against),
                guarantee,
                threads(),
                batch.orElse(defaultBatch),
                Duration.ofSeconds(seconds),
                instances);
    }
}

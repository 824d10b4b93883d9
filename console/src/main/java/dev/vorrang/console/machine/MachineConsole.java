package dev.vorrang.console.machine;

import dev.vorrang.console.index.ConsoleStream;
import dev.vorrang.console.index.RecordFeed;
import dev.vorrang.console.operations.OperatedStream;
import dev.vorrang.console.operations.OperatedStream.Facts;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.Topics;
import java.util.List;
import java.util.Optional;

/** The alerts of machines. */
public final class MachineConsole implements ConsoleStream {

    /** Name of the stream. */
    public static final String NAME = "machine";

    private final Topics topics;

    public MachineConsole(Topics topics) {
        this.topics = topics;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** What tells how the stream does. */
    public static OperatedStream<MachineScore> operated(Topics topics) {
        return new OperatedStream<>(
                NAME,
                topics.machineScored(),
                score -> new Facts(
                        score.getScoredAt(),
                        Optional.ofNullable(score.getReceivedAt()),
                        score.getModels(),
                        Optional.empty()),
                topics.machineDeadLetters());
    }

    @Override
    public List<RecordFeed<?, ?>> feeds() {
        return List.of(new MachineAlertFeed(topics));
    }
}

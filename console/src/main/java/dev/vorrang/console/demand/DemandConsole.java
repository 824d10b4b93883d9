package dev.vorrang.console.demand;

import dev.vorrang.console.index.ConsoleStream;
import dev.vorrang.console.index.RecordFeed;
import dev.vorrang.console.operations.OperatedStream;
import dev.vorrang.console.operations.OperatedStream.Facts;
import dev.vorrang.schemas.DemandForecast;
import dev.vorrang.schemas.Topics;
import java.util.List;
import java.util.Optional;

/** The alerts about demand. */
public final class DemandConsole implements ConsoleStream {

    /** Name of the stream. */
    public static final String NAME = "demand";

    private final Topics topics;

    public DemandConsole(Topics topics) {
        this.topics = topics;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** What tells how the stream does. */
    public static OperatedStream<DemandForecast> operated(Topics topics) {
        return new OperatedStream<>(
                NAME,
                topics.demandForecast(),
                score -> new Facts(
                        score.getScoredAt(),
                        Optional.ofNullable(score.getReceivedAt()),
                        score.getModels(),
                        Optional.empty()),
                topics.demandDeadLetters());
    }

    @Override
    public List<RecordFeed<?, ?>> feeds() {
        return List.of(new DemandAlertFeed(topics));
    }
}

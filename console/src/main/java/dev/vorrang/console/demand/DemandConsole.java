package dev.vorrang.console.demand;

import dev.vorrang.console.index.ConsoleStream;
import dev.vorrang.console.index.RecordFeed;
import dev.vorrang.schemas.Topics;
import java.util.List;

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

    @Override
    public List<RecordFeed<?, ?>> feeds() {
        return List.of(new DemandAlertFeed(topics));
    }
}

package dev.vorrang.console.machine;

import dev.vorrang.console.index.ConsoleStream;
import dev.vorrang.console.index.RecordFeed;
import dev.vorrang.schemas.Topics;
import java.util.List;

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

    @Override
    public List<RecordFeed<?, ?>> feeds() {
        return List.of(new MachineAlertFeed(topics));
    }
}

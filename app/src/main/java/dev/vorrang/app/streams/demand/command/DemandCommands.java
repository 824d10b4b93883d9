package dev.vorrang.app.streams.demand.command;

import dev.vorrang.app.kit.StreamCommand;
import dev.vorrang.app.kit.StreamCommand.Group;
import dev.vorrang.app.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** What can be done with demand beside running its stream. */
public final class DemandCommands {

    private DemandCommands() {}

    /**
     * New commands each time.
     *
     * @param settings reads the settings of all streams from a file
     */
    public static List<StreamCommand> all(Function<Path, Settings> settings) {
        return List.of(
                StreamCommand.in(Group.REPLAY, new ReplayDemandCommand(settings)),
                StreamCommand.in(Group.SCORE, new ScoreDemandCommand()),
                StreamCommand.in(Group.TRAIN, new TrainDemandCommand()),
                StreamCommand.in(Group.EVALUATE, new EvaluateDemandCommand()));
    }
}

package dev.vorrang.app.streams.demand.command;

import dev.vorrang.app.kit.StreamCommand;
import dev.vorrang.app.kit.StreamCommand.Group;
import java.util.List;

/** What can be done with models of demand without Kafka. */
public final class DemandCommands {

    private DemandCommands() {}

    /** New commands each time. */
    public static List<StreamCommand> all() {
        return List.of(
                StreamCommand.in(Group.SCORE, new ScoreDemandCommand()),
                StreamCommand.in(Group.TRAIN, new TrainDemandCommand()),
                StreamCommand.in(Group.EVALUATE, new EvaluateDemandCommand()));
    }
}

package dev.vorrang.scoring.engine;

import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.action.ActionEnvironment;
import dev.vorrang.scoring.action.ActionRule;
import dev.vorrang.scoring.action.ActionRule.Escalation;
import dev.vorrang.scoring.action.ActionRule.Grouping;
import dev.vorrang.scoring.action.ActionSettings;
import dev.vorrang.scoring.action.ActionSource;
import dev.vorrang.scoring.action.ActionTopology;
import dev.vorrang.scoring.machine.MachineActions;
import dev.vorrang.scoring.mail.MailActions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Actions as a program of its own, for tests to kill. What is not acknowledged within a second goes to the phone. */
final class ActionProgram {

    static final ActionSettings SETTINGS = ActionSettings.of(List.of(
            ActionRule.of("page", "mail", "priority == \"URGENT\"", "pager")
                    .withEscalations(new Escalation(Duration.ofSeconds(1), "phone")),
            ActionRule.of("lamp", "machine", "state == \"RAISED\" && type != \"oven\"", "lamp"),
            ActionRule.of("shared", "machine", "state == \"RAISED\" && type == \"oven\"", "shift")
                    .withGrouping(
                            new Grouping(List.of("family", "kind", "mainSensor"), Duration.ofSeconds(10), false, 3))));

    private ActionProgram() {}

    /** @param args bootstrap servers, topic prefix, state folder */
    public static void main(String[] args) {
        var streams = streams(args[0], args[1], Path.of(args[2]), List.of());
        Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
        streams.start();
    }

    static TopologyStreams streams(String bootstrapServers, String prefix, Path state, List<Topic<?>> fromTheEnd) {
        var topics = new Topics(prefix);
        var environment = environment(topics);
        var sources = sources(topics);
        var flow = new TopologyStreams.Flow(
                "actions",
                ActionTopology.build(SETTINGS, sources, environment),
                ActionTopology.topics(SETTINGS, sources, topics),
                fromTheEnd);
        return new TopologyStreams(
                flow, ScoringProgram.settings(bootstrapServers, prefix, state), environment.metrics());
    }

    static List<ActionSource<?>> sources(Topics topics) {
        return List.of(MailActions.source(topics), MachineActions.source(topics));
    }

    static ActionEnvironment environment(Topics topics) {
        return new ActionEnvironment(
                topics, new AvroSerdes(new FixedRegistry()), new SimpleMeterRegistry(), Clock.systemUTC());
    }

    static Process launch(String bootstrapServers, String prefix, Path state, File log) throws Exception {
        return ScoringProgram.launch(ActionProgram.class, bootstrapServers, prefix, state, log);
    }
}

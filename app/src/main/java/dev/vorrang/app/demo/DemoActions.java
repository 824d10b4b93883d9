package dev.vorrang.app.demo;

import dev.vorrang.app.kit.StreamKit;
import dev.vorrang.app.settings.StreamOptions;
import dev.vorrang.app.stream.ScoreFeed;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.action.ActionEnvironment;
import dev.vorrang.scoring.action.ActionRule;
import dev.vorrang.scoring.action.ActionSettings;
import dev.vorrang.scoring.action.ActionSource;
import dev.vorrang.scoring.action.ActionTopology;
import dev.vorrang.scoring.engine.StreamsSettings;
import dev.vorrang.scoring.engine.TopologyStreams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is done about records of the demo. Its sinks are the view's. */
final class DemoActions {

    /** Stands for a stream's name where actions are shown. */
    static final String NAME = "actions";

    private final Topics names;
    private final List<ActionSource<?>> sources = new ArrayList<>();
    private final ActionSettings settings;

    DemoActions(List<? extends StreamKit<?, ?>> kits, Topics names) {
        this.names = names;
        var rules = new ArrayList<ActionRule>();
        for (StreamKit<?, ?> kit : kits) {
            if (!kit.demoActions().isEmpty()) {
                rules.addAll(kit.demoActions());
                source(kit, names).ifPresent(sources::add);
            }
        }
        this.settings = ActionSettings.of(rules);
    }

    private static <S extends StreamOptions> Optional<ActionSource<?>> source(StreamKit<S, ?> kit, Topics names) {
        return kit.actions(kit.demo(), names);
    }

    /** Names of the actions. */
    Set<String> actions() {
        return settings.rules().stream().map(ActionRule::name).collect(Collectors.toCollection(TreeSet::new));
    }

    ScoreFeed.Followed followed() {
        return new ScoreFeed.Followed(
                NAME, settings.sinks().stream().<Topic<?>>map(names::actions).toList(), names.actionsUndecided());
    }

    /** Begins to decide. Whoever starts it closes it. */
    TopologyStreams start(AvroSerdes serdes, StreamsSettings streams) {
        var environment = new ActionEnvironment(names, serdes, new SimpleMeterRegistry(), Clock.systemUTC());
        var flow = new TopologyStreams.Flow(
                NAME,
                ActionTopology.build(settings, sources, environment),
                ActionTopology.topics(settings, sources, names),
                List.of());
        var started = new TopologyStreams(flow, streams, environment.metrics());
        started.start();
        return started;
    }
}

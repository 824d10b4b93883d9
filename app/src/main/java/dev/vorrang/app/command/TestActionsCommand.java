package dev.vorrang.app.command;

import dev.vorrang.app.command.options.SettingsOption;
import dev.vorrang.app.kit.StreamKit;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.settings.StreamOptions;
import dev.vorrang.app.stream.TopicWriter;
import dev.vorrang.app.streams.StreamKits;
import dev.vorrang.schemas.Action;
import dev.vorrang.schemas.text.ForeignText;
import dev.vorrang.scoring.action.ActionRule;
import dev.vorrang.scoring.action.ActionRule.Escalation;
import dev.vorrang.scoring.action.ActionSample;
import dev.vorrang.scoring.action.ActionSource;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vorrang actions test}: what rules make of sample records. */
@Command(
        name = "test",
        description = {
            "Asks the rules of actions about a sample record of their stream, and says what would happen.",
            "With --send, each sink of the rules gets an action that is marked as a test, whatever the conditions say; 'vorrang run'"
                    + " must run with these settings, or your own Kafka."
        },
        footer = {"", "Example:", "  vorrang actions test --config vorrang.yaml --action page-outages --send"},
        sortOptions = false)
public final class TestActionsCommand implements Runnable {

    @Mixin
    private SettingsOption config = new SettingsOption(RunCommand::load);

    @Option(names = "--action", paramLabel = "NAME", description = "Name of a rule. Default: all.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--send", description = "Send a test to the topics of the sinks.")
    private boolean send;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        var settings = config.load();
        PrintWriter out = spec.commandLine().getOut();
        Instant now = Instant.now();
        for (ActionRule rule : rules(settings)) {
            ActionSample sample = sample(rule, settings, now);
            tell(sample, out);
            if (send) {
                send(sample, settings, out);
            }
            out.flush();
        }
    }

    private List<ActionRule> rules(Settings settings) {
        var all = settings.actions().rules();
        if (all.isEmpty()) {
            throw new CommandFailedException("actions.rules: there is none; docs/actions.md has an example");
        }
        var asked = all.stream()
                .filter(rule -> name.isEmpty() || rule.name().equals(name.get()))
                .toList();
        if (asked.isEmpty()) {
            throw CommandFailedException.wrongUsage("--action " + name.get() + ": allowed is one of "
                    + all.stream().map(ActionRule::name).collect(Collectors.joining(", ")));
        }
        return asked;
    }

    private static ActionSample sample(ActionRule rule, Settings settings, Instant now) {
        ActionSource<?> source = source(StreamKits.named("stream", rule.stream()), settings)
                .orElseThrow(() -> new IllegalStateException("stream " + rule.stream() + " was checked"));
        return ActionSample.of(rule, source, now, Long.toString(now.toEpochMilli()));
    }

    private static <S extends StreamOptions> Optional<ActionSource<?>> source(StreamKit<S, ?> kit, Settings settings) {
        return kit.actions(settings.of(kit.settings()), settings.topics().topics());
    }

    private static void tell(ActionSample sample, PrintWriter out) {
        ActionRule rule = sample.rule();
        out.println(rule.name() + ": " + rule.when());
        String met = sample.met() ? "met" : "not met";
        out.println("  condition    "
                + sample.failure().map(why -> "failed: " + why).orElse(met)
                + " by a sample of " + rule.stream() + ", '"
                + ForeignText.line(sample.action().getTitle()) + "', "
                + sample.action().getSeverity());
        rule.quietHours()
                .ifPresent(hours -> out.println("  quiet hours  " + hours.from() + " to " + hours.to() + " "
                        + hours.zone() + (sample.quiet() ? ", now: " + hours.then() : ", not now")));
        rule.grouping()
                .ifPresent(group -> out.println("  group        by " + String.join(", ", group.by())
                        + ", a message each " + words(group.window())));
        rule.rate()
                .ifPresent(rate -> out.println(
                        "  rate         " + rate.most() + " messages in " + words(rate.per()) + " at most"));
        out.println("  sink         " + rule.sink());
        for (Escalation step : rule.escalations()) {
            out.println("  then         " + step.sink() + ", if nobody acknowledges within " + words(step.after()));
        }
    }

    private static String words(Duration time) {
        return time.toSecondsPart() == 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }

    private static void send(ActionSample sample, Settings settings, PrintWriter out) {
        Map<String, Action> tests = new LinkedHashMap<>();
        tests.put(sample.rule().sink(), sample.action());
        var steps = sample.rule().escalations();
        for (int i = 0; i < steps.size(); i++) {
            tests.putIfAbsent(steps.get(i).sink(), sample.to(steps.get(i).sink(), i + 1));
        }
        tests.forEach((sink, action) -> {
            var topic = settings.topics().topics().actions(sink);
            try (var writer = TopicWriter.open(settings, topic)) {
                writer.send(action.getRecord(), action);
            }
            out.println("  sent         " + action.getId() + " to " + topic.name());
        });
    }
}

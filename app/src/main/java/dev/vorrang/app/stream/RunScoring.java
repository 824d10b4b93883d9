package dev.vorrang.app.stream;

import dev.vorrang.app.program.Home;
import dev.vorrang.app.program.StartedParts;
import dev.vorrang.app.settings.MachineStreamSettings;
import dev.vorrang.app.settings.MailStreamSettings;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.settings.StreamSettings;
import dev.vorrang.app.terminal.Progress;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.scoring.engine.StreamsSettings;
import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.machine.model.MachineModels;
import dev.vorrang.scoring.mail.PriorityPolicy;
import dev.vorrang.scoring.mail.model.MailModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loads the models that the settings name, and starts the streams that they score. For one thread. */
final class RunScoring {

    private final Settings settings;
    private final Progress progress;
    private final Wiring wiring;
    private final Optional<MailModel> mail;
    private final List<MachineModel> machine;

    private RunScoring(
            Settings settings, Progress progress, Wiring wiring, Optional<MailModel> mail, List<MachineModel> machine) {
        this.settings = settings;
        this.progress = progress;
        this.wiring = wiring;
        this.mail = mail;
        this.machine = machine;
    }

    /**
     * Loads the models.
     *
     * @throws dev.vorrang.scoring.model.ModelRefusedException if one cannot be put into service
     */
    static RunScoring load(Settings settings, Progress progress, Wiring wiring) {
        var streams = settings.scored();
        Optional<MailModel> mail = Optional.empty();
        if (streams.contains(MailStreamSettings.NAME)) {
            var chosen = settings.mail().model();
            mail = Optional.of(progress.step(
                    "model",
                    () -> MailModel.load(Home.resolve(chosen.folder()), chosen.options()),
                    model -> model.card().name() + " " + model.card().version()));
        }
        var machine = new ArrayList<MachineModel>();
        if (streams.contains(MachineStreamSettings.NAME)) {
            for (var model : settings.machine().stream().models()) {
                machine.add(progress.step(
                        "model",
                        () -> wiring.machine(MachineModels.load(Home.resolve(model.folder()), model.options())),
                        each -> name(each.reference())));
            }
        }
        return new RunScoring(settings, progress, wiring, mail, machine);
    }

    private static String name(ModelRef model) {
        return model.getName() + " " + model.getVersion();
    }

    /**
     * Starts what was loaded, and returns when it scores.
     *
     * @param kafka settings of a client, by Kafka's names
     */
    List<Scoring> start(Map<String, String> kafka, Scoring.Surroundings around, StartedParts parts) {
        var started = new ArrayList<Scoring>();
        mail.ifPresent(model -> {
            var own = settings.mail();
            var plan = new Scoring.MailPlan(
                    PriorityPolicy.of(own.priority()),
                    own.routes(),
                    own.stream().batch(),
                    own.callsAtOnce(),
                    own.threadWindow());
            started.add(progress.step(
                    "scoring",
                    () -> parts.add(
                            "scoring of mail", Scoring.mail(model, plan, around, streams(kafka, own.stream()), wiring)),
                    each -> describe(each, own.stream())));
        });
        if (!machine.isEmpty()) {
            var plan = settings.machine();
            started.add(progress.step(
                    "scoring",
                    () -> parts.add(
                            "scoring of machines",
                            Scoring.machine(machine, plan, around, streams(kafka, plan.stream()), wiring)),
                    each -> describe(each, plan.stream())));
        }
        return started;
    }

    private static String describe(Scoring scoring, StreamSettings settings) {
        return scoring.name() + ", " + settings.guarantee();
    }

    private StreamsSettings streams(Map<String, String> kafka, StreamSettings scoring) {
        var client = new HashMap<>(kafka);
        var bootstrap = client.remove("bootstrap.servers");
        return new StreamsSettings(
                bootstrap,
                scoring.applicationId(),
                scoring.guarantee(),
                scoring.threads(),
                scoring.commitInterval(),
                scoring.transactionTimeout(),
                scoring.state().orElse(settings.data().resolve("state")),
                settings.topics().creation(),
                client);
    }
}

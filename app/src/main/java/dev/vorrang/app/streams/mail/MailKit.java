package dev.vorrang.app.streams.mail;

import dev.vorrang.app.bench.BenchStream;
import dev.vorrang.app.command.options.CommandGroup;
import dev.vorrang.app.crash.FaultyModel;
import dev.vorrang.app.crash.ModelFaults;
import dev.vorrang.app.crash.Poison;
import dev.vorrang.app.crash.Workload;
import dev.vorrang.app.kit.Check;
import dev.vorrang.app.kit.DemoSource;
import dev.vorrang.app.kit.KitBench;
import dev.vorrang.app.kit.Source;
import dev.vorrang.app.kit.StreamCommand;
import dev.vorrang.app.kit.StreamCommand.Group;
import dev.vorrang.app.kit.StreamKit;
import dev.vorrang.app.kit.StreamWords;
import dev.vorrang.app.kit.TopicDocs;
import dev.vorrang.app.kit.TopicDocs.Codes;
import dev.vorrang.app.kit.TopicDocs.Entry;
import dev.vorrang.app.settings.IngestSettings;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.settings.StreamSection;
import dev.vorrang.app.streams.mail.command.DecodeMailCommand;
import dev.vorrang.app.streams.mail.command.EvaluateMailCommand;
import dev.vorrang.app.streams.mail.command.ExportCorrectionsCommand;
import dev.vorrang.app.streams.mail.command.FetchModelCommand;
import dev.vorrang.app.streams.mail.command.ScoreMailCommand;
import dev.vorrang.app.streams.mail.command.TrainLargeMailCommand;
import dev.vorrang.app.streams.mail.command.TrainMailCommand;
import dev.vorrang.app.streams.mail.demo.MailDemo;
import dev.vorrang.app.streams.mail.source.ImapConnector;
import dev.vorrang.app.streams.mail.source.MailboxCheck;
import dev.vorrang.app.streams.mail.source.MailboxSettings;
import dev.vorrang.app.streams.mail.terminal.MailView;
import dev.vorrang.app.streams.mail.terminal.ScoreTable;
import dev.vorrang.app.terminal.StreamView;
import dev.vorrang.console.Console;
import dev.vorrang.console.mail.MailConsole;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.TopicSet;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.schemas.view.MailScoreView;
import dev.vorrang.schemas.view.OutputView;
import dev.vorrang.scoring.action.ActionRule;
import dev.vorrang.scoring.action.ActionSource;
import dev.vorrang.scoring.engine.Model;
import dev.vorrang.scoring.engine.ModelSlot;
import dev.vorrang.scoring.engine.Predictor;
import dev.vorrang.scoring.engine.StreamEnvironment;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.engine.metrics.ScoringMetrics;
import dev.vorrang.scoring.mail.MailActions;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailReason;
import dev.vorrang.scoring.mail.MailStream;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.MailTriage;
import dev.vorrang.scoring.mail.PriorityPolicy;
import dev.vorrang.scoring.mail.PrioritySettings;
import dev.vorrang.scoring.mail.VipSenders;
import dev.vorrang.scoring.mail.cascade.MailCascade;
import dev.vorrang.scoring.mail.model.MailModel;
import dev.vorrang.scoring.model.ModelOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The mail stream for the program and its tools. */
public final class MailKit implements StreamKit<MailStreamSettings, Model<MailText, MailPrediction>> {

    @Override
    public StreamWords words() {
        return new StreamWords("mails", "The mails are the demo's in many variations.");
    }

    @Override
    public StreamSection<MailStreamSettings> settings() {
        return MailStreamSettings.SECTION;
    }

    /** A hospital is a VIP, so that one sees what that does. */
    @Override
    public MailStreamSettings demo() {
        return settings()
                .defaults()
                .withPriority(PrioritySettings.defaults()
                        .withVipSenders(VipSenders.of(List.of("uniklinik-rheinau.example"))));
    }

    @Override
    public Model<MailText, MailPrediction> load(Path folder, ModelOptions options) {
        return MailModel.load(folder, options);
    }

    @Override
    public Model<MailText, MailPrediction> faulty(Model<MailText, MailPrediction> model, ModelFaults faults) {
        return new FaultyModel<>(model, faults, text -> text.subject().startsWith(Poison.MARK));
    }

    @Override
    public TopicSet<EmailMessage> topics(MailStreamSettings settings, Topics names) {
        return MailStream.topics(names, settings.routes().names());
    }

    /** A folder of which only new mails are read has its position with a record of its own. */
    @Override
    public List<Topic<?>> sourceTopics(MailStreamSettings settings, Topics names, IngestSettings ingest) {
        boolean onlyNew = ingest.of(MailboxSettings.SECTION).stream()
                .anyMatch(mailbox -> mailbox.start().equals("new"));
        return onlyNew ? List.of(names.mailReceived(), names.mailStarts()) : List.of(names.mailReceived());
    }

    @Override
    public List<Source> sources(IngestSettings ingest, Topics names, Map<String, String> registry) {
        return ingest.of(MailboxSettings.SECTION).stream()
                .map(mailbox -> new Source(
                        "mailbox",
                        mailbox.name(),
                        mailbox.name() + ": " + String.join(", ", mailbox.folders()) + " of " + mailbox.user() + " at "
                                + mailbox.host() + ":" + mailbox.port(),
                        ImapConnector.config(mailbox, names.mailReceived().name(), registry)))
                .toList();
    }

    @Override
    public Optional<Console.Shown> console(MailStreamSettings settings, Topics names) {
        return Optional.of(new Console.Shown(new MailConsole(names), MailConsole.operated(names)));
    }

    @Override
    public Optional<ActionSource<?>> actions(MailStreamSettings settings, Topics names) {
        return Optional.of(MailActions.source(names));
    }

    @Override
    public List<ActionRule> demoActions() {
        return List.of(ActionRule.of("call-service", name(), "priority == \"URGENT\"", "phone"));
    }

    @Override
    public List<OutputView<?>> views() {
        return List.of(new MailScoreView());
    }

    @Override
    public StreamView terminal(boolean colours, List<String> footer) {
        return new MailView(
                new ScoreTable("The service desk's mail, most pressing first", colours, footer.toArray(String[]::new)));
    }

    @Override
    public Optional<Supplier<DemoSource>> demoSource(Path folder, Clock clock) {
        return Optional.of(() -> MailDemo.start(clock));
    }

    @Override
    public List<Supplier<Check>> checks(IngestSettings ingest) {
        return ingest.of(MailboxSettings.SECTION).stream()
                .<Supplier<Check>>map(mailbox -> () -> MailboxCheck.of(mailbox))
                .toList();
    }

    @Override
    public MailStream define(
            MailStreamSettings settings,
            List<Model<MailText, MailPrediction>> models,
            Topics names,
            StreamEnvironment environment) {
        var batch = settings.stream().batch().withCallsAtOnce(settings.callsAtOnce());
        return new MailStream(
                environment,
                names,
                settings.routes().names(),
                predictor(settings, models, environment.metrics()),
                new MailTriage(PriorityPolicy.of(settings.priority()), settings.routes()),
                batch,
                settings.threadWindow());
    }

    private static Predictor<MailText, MailPrediction> predictor(
            MailStreamSettings settings, List<Model<MailText, MailPrediction>> models, ScoringMetrics metrics) {
        BatchSettings batch = settings.stream().batch();
        var small = new ModelSlot<>(models.get(0), batch.withCallsAtOnce(settings.callsAtOnce()));
        return settings.cascade()
                .<Predictor<MailText, MailPrediction>>map(
                        cascade -> new MailCascade(small, new ModelSlot<>(models.get(1), batch), cascade, metrics))
                .orElse(small);
    }

    @Override
    public BenchStream bench(Path model, Duration delay, ModelOptions options) {
        return new KitBench<>(this, load(model, options), model, delay, KitBench.Plan.of(MailBench.records()));
    }

    @Override
    public List<StreamCommand> commands(Function<Path, Settings> settings) {
        return List.of(
                StreamCommand.in(Group.DECODE, new DecodeMailCommand()),
                StreamCommand.in(Group.SCORE, new ScoreMailCommand()),
                StreamCommand.in(Group.TRAIN, new TrainMailCommand()),
                StreamCommand.in(Group.TRAIN, new TrainLargeMailCommand()),
                StreamCommand.in(Group.EVALUATE, new EvaluateMailCommand()),
                StreamCommand.alone(
                        CommandGroup.of("model", "Models that are too large to ship.", new FetchModelCommand())),
                StreamCommand.alone(CommandGroup.of(
                        "corrections",
                        "What people corrected, as data to train and evaluate with.",
                        new ExportCorrectionsCommand(settings))));
    }

    @Override
    public TopicDocs docs(Topics names) {
        return new TopicDocs(
                List.of(
                        new Entry(names.mailReceived(), "Mailbox connector: each mail, decoded."),
                        new Entry(names.mailScored(), "Scoring: each mail's score."),
                        new Entry(
                                names.mailDeadLetters(),
                                "Scoring: records that could not be decoded or scored, with original bytes and cause."),
                        new Entry(
                                names.mailRoute(TopicDocs.QUEUE),
                                "Scoring: the scores of the mails routed to a queue, one topic for each queue.")),
                List.of(Codes.of("MailScore", MailReason.values(), MailReason::code, MailReason::doc)));
    }

    @Override
    public Workload workload(Topics topics, AvroSerdes serdes, long seed, int records) {
        return Workload.of(topics(settings().defaults(), topics), serdes, seed, new MailWorkload(topics));
    }
}

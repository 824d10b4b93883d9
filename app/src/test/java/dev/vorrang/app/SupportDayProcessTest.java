package dev.vorrang.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.vorrang.app.DeskAgent.Answer;
import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.DeskEventType;
import dev.vorrang.schemas.DeskState;
import dev.vorrang.schemas.DeskStatus;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.desk.DeskEvents;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A day in a support centre, with the programs as they are: {@code vorrang run} reads the mailbox and scores, {@code vorrang console} serves
 * three agents, and both are killed while they work. {@code -Dvorrang.day=500} makes the day longer.
 */
class SupportDayProcessTest {

    private static final Duration LIMIT = Duration.ofMinutes(4);
    /** A quarter of the mails is done within this time. */
    private static final Duration DAY_LIMIT = Duration.ofMinutes(15);

    private static final int MAILS = Integer.getInteger("vorrang.day", 60);
    private static final int FLOOD = 40;
    /** With the emergency and the huge mail. */
    private static final int DAY = MAILS + 2;

    private static final int HUGE = 25_000_000;
    private static final int TEXT_LIMIT = 65_536;
    private static final List<String> AGENTS = List.of("anna", "boris", "clara");
    private static final String PASSWORD = "seven blue herons wade";
    private static final Topics TOPICS = new Topics("");
    private static final List<String> MATTERS = List.of(
            "the invoice of May was charged twice",
            "we would like to order two refrigerators for our kitchen",
            "the door of the cold room does not close any more",
            "please cancel the contract for maintenance at the end of the year",
            "when will the spare part for the compressor be delivered",
            "thank you for the friendly technician");

    @TempDir
    Path folder;

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
    private GreenMailUser mailbox;
    private URI address;
    private Path runConfig;
    private Path consoleConfig;
    private VorrangProcess run;
    private VorrangProcess console;

    @AfterEach
    void stop() {
        server.stop();
        if (console != null) {
            console.close();
        }
        if (run != null) {
            run.close();
        }
    }

    @Test
    void shouldLoseNothingOfADayThoughConsoleAndBrokerAreKilled() throws Exception {
        server.start();
        mailbox = server.setUser("service@nordkuehl.example", "service", "secret");
        configure();
        // Makes the file by which the console reaches broker and registry.
        startRun();
        addUsers();
        startConsole();
        List<DeskAgent> agents = AGENTS.stream()
                .map(name -> new DeskAgent(address, name, PASSWORD))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(AGENTS.size());
        try {
            finishFlood(agents.get(0), threads);
            workThroughTheDay(agents, threads);
        } finally {
            threads.shutdownNow();
        }
        compare(agents);
    }

    /** Many write of the same; the console is killed while one action finishes all of them. */
    private void finishFlood(DeskAgent agent, ExecutorService threads) throws Exception {
        for (int i = 0; i < FLOOD; i++) {
            deliver(
                    "The monitoring portal is down",
                    "Hello, the monitoring portal is down, it shows error 503, and nobody here can log in. Customer "
                            + i);
        }
        waiting()
                .until(
                        () -> agent.records("fold=true"),
                        lines -> lines.size() == 1
                                && lines.get(0).at("/fold/count").asInt() == FLOOD);
        List<String> flood = StreamSupport.stream(agent.records("limit=100").spliterator(), false)
                .map(line -> line.get("id").asText())
                .toList();
        Future<Integer> finished = threads.submit(() -> agent.finish(flood));
        kill(console);
        startConsole();
        assertThat(finished.get()).isEqualTo(FLOOD);
    }

    private void workThroughTheDay(List<DeskAgent> agents, ExecutorService threads) throws Exception {
        deliver(0, MAILS / 2);
        List<Future<?>> work = new ArrayList<>();
        agents.forEach(agent -> work.add(threads.submit(agent)));

        awaitDone(agents, MAILS / 4);
        kill(console);
        startConsole();

        deliver(MAILS / 2, MAILS);
        deliver("A log file", "enormous log file\n".repeat(HUGE / 18 + 1));
        awaitDone(agents, MAILS / 2);
        kill(run);
        deliver(
                "NOTFALL: Blutbank-Kühlung ausgefallen, Rauch im Technikraum",
                "NOTFALL! Die Kühlung der Blutbank ist komplett ausgefallen, die Temperatur steigt. Aus dem Technikraum"
                        + " kommt Rauch, die Feuerwehr ist alarmiert. Bitte rufen Sie sofort an!");
        startRun();
        var watcher = new DeskAgent(address, "wanda", PASSWORD);
        JsonNode first = waiting().until(() -> watcher.records("limit=1").get(0), line -> line.get("title")
                .asText()
                .startsWith("NOTFALL"));
        assertThat(first.get("severity").asText()).isEqualTo("URGENT");

        awaitDone(agents, 3 * MAILS / 4);
        kill(console);
        kill(run);
        startRun();
        startConsole();

        waiting().until(() -> watcher.page("limit=1").get("total").asInt() == FLOOD + DAY);
        assertThat(ids(TopicReader.all(folder.resolve("data"), TOPICS.mailScored())))
                .hasSize(FLOOD + DAY);
        checkHugeMail(watcher);
        agents.forEach(DeskAgent::end);
        for (Future<?> each : work) {
            each.get();
        }
    }

    private static void checkHugeMail(DeskAgent reader) {
        String id = reader.records("text=enormous").get(0).get("id").asText();
        JsonNode record = reader.record(id);
        assertThat(record.at("/source/size").asInt()).isGreaterThan(HUGE);
        assertThat(record.at("/source/text").asText()).startsWith("enormous").hasSize(TEXT_LIMIT);
        assertThat(record.at("/source/textTruncated").asBoolean()).isTrue();
        assertThat(record.toString()).hasSizeLessThan(4 * TEXT_LIMIT);
    }

    /** Heedless of the mail server's threads, which take a connection that is cut for an error of theirs. */
    private static ConditionFactory waiting() {
        return await().dontCatchUncaughtExceptions().atMost(LIMIT);
    }

    private static Set<String> ids(List<MailScore> scores) {
        var ids = new HashSet<String>();
        scores.forEach(score -> ids.add(score.getId()));
        return ids;
    }

    private static void awaitDone(List<DeskAgent> agents, int count) {
        waiting()
                .atMost(DAY_LIMIT)
                .until(() -> agents.stream()
                                .flatMap(agent -> agent.answers().values().stream())
                                .filter(answer -> answer.type() == DeskEventType.DONE)
                                .count()
                        >= count);
    }

    /** What agents were told with what the topic says. */
    private void compare(List<DeskAgent> agents) {
        var answered = new HashMap<String, Answer>();
        agents.forEach(agent -> answered.putAll(agent.answers()));
        var told = new HashMap<String, Answer>();
        var states = new HashMap<String, DeskState>();
        int finishedAtOnce = 0;
        int repeated = 0;
        for (DeskEvent event : TopicReader.all(folder.resolve("data"), TOPICS.deskEvents())) {
            if (told.containsKey(event.getId())) {
                repeated++;
                continue;
            }
            var after = DeskEvents.apply(states.get(event.getRecord()), event);
            after.ifPresent(state -> states.put(event.getRecord(), state));
            told.put(event.getId(), new Answer(event.getRecord(), event.getType(), after.isPresent()));
            if (!answered.containsKey(event.getId())) {
                finishedAtOnce++;
            }
        }
        System.out.printf(
                "%d mails, %d events answered, %d sent again, %d twice in the topic%n",
                states.size(),
                answered.size() + FLOOD,
                agents.stream().mapToInt(agent -> agent.retried().size()).sum(),
                repeated);
        assertThat(told).containsAllEntriesOf(answered).hasSize(answered.size() + FLOOD);
        assertThat(finishedAtOnce).isEqualTo(FLOOD);
        assertThat(states).hasSize(FLOOD + DAY);
        assertThat(states.values()).extracting(DeskState::getStatus).containsOnly(DeskStatus.DONE);
        assertThat(counted(answered, DeskEventType.CLAIMED)).isEqualTo(DAY);
        assertThat(counted(answered, DeskEventType.DONE)).isEqualTo(DAY);
        assertThat(TopicReader.all(folder.resolve("data"), TOPICS.mailDeadLetters()))
                .isEmpty();
    }

    private static long counted(Map<String, Answer> answers, DeskEventType type) {
        return answers.values().stream()
                .filter(answer -> answer.type() == type && answer.counted())
                .count();
    }

    private void kill(VorrangProcess program) throws Exception {
        program.signal("KILL");
        program.exitCode(LIMIT);
    }

    private void startRun() throws IOException {
        run = start("run", runConfig);
    }

    private void startConsole() throws IOException {
        console = start("console", consoleConfig);
    }

    private VorrangProcess start(String command, Path config) throws IOException {
        var program = VorrangProcess.start(folder, command, "--config", config.toString());
        waiting().until(() -> program.err().contains("ready") || !program.runs());
        assertThat(program.err()).contains("ready");
        return program;
    }

    private void configure() throws IOException {
        int broker = PlantTraffic.freePort();
        int registry = PlantTraffic.freePort();
        int port = PlantTraffic.freePort();
        Path client = folder.resolve("data/client.properties");
        runConfig = Files.writeString(folder.resolve("run.yaml"), """
                data: %s
                kafka: {port: %d}
                registry: {port: %d}
                metrics: {port: 0}
                console: {enabled: false}
                streams: {mail: {models: [{folder: models/mail-triage/3}]}}
                ingest:
                  mailboxes:
                    - {name: desk, host: 127.0.0.1, port: %d, security: none, user: service, password: secret}
                """.formatted(
                folder.resolve("data"), broker, registry, server.getImap().getPort()));
        consoleConfig = Files.writeString(folder.resolve("console.yaml"), """
                data: %s
                kafka: {mode: external, bootstrap-servers: "127.0.0.1:%d", properties-file: %s}
                registry: {mode: external, url: "http://127.0.0.1:%d", properties-file: %s}
                ingest: {mode: external}
                console: {port: %d}
                """.formatted(
                        folder.resolve("console"), broker, client, registry, client, port));
        address = URI.create("http://127.0.0.1:" + port);
    }

    private void addUsers() throws Exception {
        Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        for (String name : List.of("anna", "boris", "clara", "wanda")) {
            String role = AGENTS.contains(name) ? "agent" : "viewer";
            try (var add = VorrangProcess.start(
                    folder,
                    "user",
                    "add",
                    name,
                    "--role",
                    role,
                    "--password-file",
                    password.toString(),
                    "--config",
                    consoleConfig.toString())) {
                assertThat(add.exitCode(LIMIT)).as(add.err()).isZero();
                assertThat(add.out()).containsExactly("user " + name + " added as " + role);
            }
        }
    }

    private void deliver(int from, int to) throws MessagingException {
        for (int i = from; i < to; i++) {
            deliver("Matter " + i, "Hello, " + MATTERS.get(i % MATTERS.size()) + ". Number " + i + ".");
        }
    }

    private void deliver(String subject, String text) throws MessagingException {
        var mail = new MimeMessage(Session.getInstance(new Properties()));
        mail.setFrom(new InternetAddress("customer@customer.example"));
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress("service@nordkuehl.example"));
        mail.setSubject(subject, "UTF-8");
        mail.setText(text, "UTF-8");
        mail.saveChanges();
        mailbox.deliver(mail);
    }
}

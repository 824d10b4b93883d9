package dev.vorrang.app.crash;

import dev.vorrang.app.program.ChildProcess;
import dev.vorrang.app.program.ChildProcess.Program;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.TemporaryFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The processes of a run: broker and registry in one, and instances with a folder each. For one thread. */
public final class Cluster implements AutoCloseable {

    /** Argument of an instance that lets held records go unscored before a commit. */
    public static final String WITHOUT_HOOK = "without-hook";

    static final int PARTITIONS = 4;

    /** Stream threads of an instance, and so its members in the group. */
    static final int THREADS = 2;

    /** An instance that gave no sign for so long is taken for dead. */
    static final Duration SESSION = Duration.ofSeconds(3);

    /** SIGTERM gives an instance so long, as it does in production. */
    private static final Duration END_LIMIT = Duration.ofSeconds(15);

    private final CrashPlan plan;
    private final Class<?> instance;
    private final Path folder;
    private final int brokerPort = freePort();
    private final int registryPort = freePort();
    private final Map<Integer, ChildProcess> instances = new TreeMap<>();
    private ChildProcess broker;

    /**
     * @param instance main class of an instance; its arguments are settings, file for the log and, for the control,
     *     {@link #WITHOUT_HOOK}
     * @param folder for all that the processes write
     */
    Cluster(CrashPlan plan, Class<?> instance, Path folder) {
        this.plan = plan;
        this.instance = instance;
        this.folder = folder;
    }

    String bootstrapServers() {
        return "127.0.0.1:" + brokerPort;
    }

    String registryUrl() {
        return "http://127.0.0.1:" + registryPort;
    }

    /** Name of the consumer group of the instances whose topics have a prefix. */
    static String group(String prefix) {
        return prefix + "crashtest";
    }

    void startBroker() {
        broker = ChildProcess.start(
                Program.brief(BrokerProgram.class),
                made(folder.resolve("tmp")),
                folder.resolve("broker.out"),
                List.of(
                        folder.resolve("kafka").toString(),
                        Integer.toString(brokerPort),
                        Integer.toString(registryPort),
                        folder.resolve("broker.log").toString()));
    }

    void killBroker() {
        broker.kill();
    }

    /**
     * Starts an instance; started again it goes on in its folder.
     *
     * @param prefix of the topics
     */
    void startInstance(int number, String prefix) {
        Path own = made(folder.resolve(prefix + "instance-" + number));
        Path settings = own.resolve("vorrang.yaml");
        try {
            Files.writeString(settings, settings(own, prefix));
        } catch (IOException e) {
            throw new CommandFailedException(settings + " cannot be written: " + e.getMessage(), e);
        }
        var arguments = new ArrayList<>(
                List.of(settings.toString(), own.resolve("vorrang.log").toString()));
        if (plan.control()) {
            arguments.add(WITHOUT_HOOK);
        }
        instances.put(
                number,
                ChildProcess.start(Program.brief(instance), made(own.resolve("tmp")), own.resolve("out"), arguments));
    }

    /** Numbers of the instances that were started and not ended, in their order. */
    List<Integer> running() {
        return List.copyOf(instances.keySet());
    }

    /** Which process has ended by itself, and how, if one has. */
    Optional<String> fallen() {
        if (!broker.runs()) {
            return Optional.of("the broker ended by itself: " + broker.end());
        }
        return instances.entrySet().stream()
                .filter(each -> !each.getValue().runs())
                .map(each -> "instance " + each.getKey() + " ended by itself: "
                        + each.getValue().end())
                .findFirst();
    }

    /** Deletes what an instance that does not run has written, logs too. */
    void emptyFolder(int number) {
        TemporaryFolder.delete(folder.resolve("instance-" + number));
    }

    void killInstance(int number) {
        instances.remove(number).kill();
    }

    /** @return whether it ended in time; if not, it is killed */
    boolean endInstance(int number) throws InterruptedException {
        var instance = instances.remove(number);
        boolean inTime = instance.terminate(END_LIMIT);
        instance.kill();
        return inTime;
    }

    void tellInstance(int number, String command) {
        instances.get(number).tell(command);
    }

    /** Those of a user but for what makes the death of an instance noticed sooner. */
    private String settings(Path own, String prefix) {
        return """
                data: "%s"
                kafka:
                  mode: external
                  bootstrap-servers: %s
                  properties: {main.consumer.session.timeout.ms: "%d", main.consumer.heartbeat.interval.ms: "500"}
                registry: {mode: external, url: "%s"}
                ingest: {mode: external}
                topics: {prefix: "%s", partitions: %d}
                metrics: {enabled: false}
                console: {enabled: false}
                streams:
                  %s:
                    enabled: true
                    application-id: %s
                    guarantee: %s
                    threads: %d
                    transaction-timeout: 5s
                    linger: %dms
                """.formatted(
                        own.toString().replace("\\", "\\\\").replace("\"", "\\\""),
                        bootstrapServers(),
                        SESSION.toMillis(),
                        registryUrl(),
                        prefix,
                        PARTITIONS,
                        plan.stream(),
                        group(prefix),
                        plan.guarantee().name().toLowerCase(Locale.ROOT),
                        THREADS,
                        plan.linger().toMillis());
    }

    @Override
    public void close() {
        instances.values().forEach(ChildProcess::close);
        instances.clear();
        if (broker != null) {
            broker.close();
        }
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new CommandFailedException("folder " + folder + " cannot be made: " + e.getMessage(), e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new CommandFailedException("no port of 127.0.0.1 is free: " + e.getMessage(), e);
        }
    }
}

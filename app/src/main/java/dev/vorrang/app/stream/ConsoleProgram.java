package dev.vorrang.app.stream;

import dev.vorrang.app.kit.StreamKit;
import dev.vorrang.app.metrics.ProgramMetrics;
import dev.vorrang.app.program.Closer;
import dev.vorrang.app.program.DataFolder;
import dev.vorrang.app.program.DiskSpace;
import dev.vorrang.app.program.ListeningPort;
import dev.vorrang.app.program.StopSignal;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.terminal.Progress;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.util.List;

/** The console alone, over a broker and a registry that run elsewhere, until it is stopped. For one thread. */
public final class ConsoleProgram {

    private final List<? extends StreamKit<?, ?>> kits;
    private final Settings settings;
    private final Progress progress;
    private final StopSignal stop;
    private final Closer parts = new Closer();

    /** @param kits of all streams that there are */
    public ConsoleProgram(List<? extends StreamKit<?, ?>> kits, Settings settings, Progress progress, StopSignal stop) {
        this.kits = kits;
        this.settings = settings;
        this.progress = progress;
        this.stop = stop;
    }

    /**
     * Starts it, watches until the stop signal, and closes it.
     *
     * @throws RuntimeException if it cannot be started and waiting would not help; the message tells why
     */
    public void run() {
        stop.during(
                () -> {
                    var supervisor = start();
                    progress.ready("Ctrl-C ends");
                    supervisor.untilStopped();
                },
                parts::close);
    }

    private Supervisor start() {
        var console = new RunConsole(kits, settings, progress);
        ListeningPort.check(List.of(console.port()));
        DataFolder.closeToo("data", settings.console().folder(), progress::say);
        var disk = new DiskSpace("data", settings.console().folder());
        disk.checkStart();
        var cluster = parts.add("cluster", ClusterAccess.running(settings));
        var waiter = new DependencyWaiter(progress, stop);
        waiter.forTopics(cluster.kafkaClient(), settings.topics().creation(), console.topics());
        var registry = parts.add("registry client", ConfluentSchemaRegistry.connect(cluster.registryClient()));
        waiter.forRegistry(registry);
        var metrics = parts.add("metrics", new ProgramMetrics(settings.console().folder()));
        var watch = parts.add("broker's watch", new BrokerWatch(cluster.kafkaClient()));
        var supervisor = new Supervisor(progress, stop, metrics.registry(), List.of(disk), watch, List.of());
        console.start(cluster.kafkaClient(), new AvroSerdes(registry), metrics, parts, supervisor);
        return supervisor;
    }
}

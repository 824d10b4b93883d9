package dev.vorrang.app.doctor;

import dev.vorrang.app.kit.Check;
import dev.vorrang.app.kit.StreamKit;
import dev.vorrang.app.program.BuildVersion;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.Home;
import dev.vorrang.app.settings.Placement;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.settings.StreamOptions;
import dev.vorrang.app.settings.StreamSettings;
import dev.vorrang.app.stream.DeskConnector;
import dev.vorrang.app.stream.SinkConnectors;
import dev.vorrang.scoring.engine.Model;
import dev.vorrang.scoring.model.ModelRefusedException;
import dev.vorrang.scoring.model.TensorFlowLibrary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What the program needs, each looked at when its supplier is asked. */
public final class Checks {

    private static final long ENOUGH_HEAP = 400L << 20;

    private Checks() {}

    /**
     * The checks in the order in which they are worth reading.
     *
     * @param kits of all streams that there are
     * @param model folder of a model's version to try in place of the first stream's
     * @param settings whose servers to try
     */
    public static List<Supplier<Check>> of(
            List<? extends StreamKit<?, ?>> kits, Optional<Path> model, Optional<Settings> settings) {
        var checks = new ArrayList<Supplier<Check>>(List.of(Checks::program, Checks::java, Checks::tensorFlow));
        kits.stream()
                .filter(kit -> settings.isEmpty() || settings.get().scored().contains(kit.name()))
                .forEach(kit -> models(kit, model.filter(any -> kit == kits.get(0)), settings)
                        .forEach(each -> checks.add(() -> model(kit, each))));
        settings.ifPresent(each -> {
            var servers = new Servers(each);
            checks.add(servers::dataFolder);
            checks.add(servers::broker);
            checks.add(servers::registry);
            if (each.console().enabled()) {
                checks.add(servers::console);
            }
            if (!each.sinks().isEmpty() || each.actions().acknowledge().mqtt().isPresent()) {
                checks.add(() -> sinks(each));
            }
            if (each.ingest().mode() == Placement.EMBEDDED) {
                kits.forEach(kit -> checks.addAll(kit.checks(each.ingest())));
            }
        });
        return checks;
    }

    private static Check sinks(Settings settings) {
        String named = settings.sinks().stream()
                .map(sink -> sink.name() + " (" + sink.connector() + ")")
                .collect(Collectors.joining(", "));
        try {
            SinkConnectors.check(settings);
            DeskConnector.check(settings);
            int rules = settings.actions().rules().size();
            return new Check(
                    "sinks",
                    true,
                    named + "; settings are right, " + rules + (rules == 1 ? " rule" : " rules"),
                    Optional.of("'vorrang actions test --send' sends each a test"));
        } catch (CommandFailedException e) {
            return Check.bad("sinks", e.getMessage(), "docs/connectors.md has the settings of each connector");
        }
    }

    private static Check program() {
        return Check.good("vorrang", BuildVersion.number());
    }

    private static Check java() {
        long heap = Runtime.getRuntime().maxMemory();
        var finding = Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                + ", " + Runtime.getRuntime().availableProcessors() + " cores, heap up to " + (heap >> 20) + " MiB";
        return heap >= ENOUGH_HEAP
                ? Check.good("java", finding)
                : Check.bad("java", finding, "give it 400 MiB or more: JAVA_OPTS=-Xmx640m");
    }

    private static Check tensorFlow() {
        try {
            var devices = TensorFlowLibrary.devices();
            var finding = TensorFlowLibrary.version() + ", devices "
                    + devices.stream().map(Checks::describe).collect(Collectors.joining(", "));
            boolean gpu = devices.stream().anyMatch(TensorFlowLibrary.Seen::isGpu);
            return new Check(
                    "tensorflow",
                    true,
                    finding,
                    gpu
                            ? Optional.empty()
                            : Optional.of("no GPU in use; with one, run with VORRANG_GPU=1 (Linux, CUDA 12)"));
        } catch (LinkageError | RuntimeException e) {
            return Check.bad(
                    "tensorflow",
                    "its native library cannot be loaded: " + e.getMessage(),
                    "it is there for Linux (x86-64, arm64) and macOS (arm64); delete app/target/vorrang.built to build"
                            + " anew");
        }
    }

    private static String describe(TensorFlowLibrary.Seen device) {
        if (device.isGpu()) {
            return device.name() + " (" + (device.memoryBytes() >> 20) + " MiB)";
        }
        return device.name() + " (" + Processor.read(Processor.LINUX).describe() + ")";
    }

    private static <S extends StreamOptions> List<StreamSettings.Model> models(
            StreamKit<S, ?> kit, Optional<Path> instead, Optional<Settings> settings) {
        var own = settings.map(each -> each.of(kit.settings())).orElseGet(kit.settings()::defaults);
        List<StreamSettings.Model> models = own.stream().models();
        return instead.map(folder -> List.of(models.get(0).in(folder))).orElseGet(() -> models.stream()
                .map(each -> each.in(Home.resolve(each.folder())))
                .toList());
    }

    private static <M extends Model<?, ?>> Check model(StreamKit<?, M> kit, StreamSettings.Model named) {
        long start = System.nanoTime();
        try (M model = kit.load(named.folder(), named.options())) {
            long millis = (System.nanoTime() - start) / 1_000_000;
            return Check.good(
                    "model",
                    kit.describe(model) + "; card, hashes, signature and warm-up are right (" + millis + " ms)");
        } catch (ModelRefusedException e) {
            return Check.bad(
                    "model",
                    e.getMessage(),
                    named.remedy().orElse("restore the folder") + ", or name another one in " + named.setting());
        } catch (LinkageError e) {
            return Check.bad("model", "cannot be tried without TensorFlow", "see tensorflow");
        }
    }
}

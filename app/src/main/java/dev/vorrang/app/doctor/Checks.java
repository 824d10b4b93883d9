package dev.vorrang.app.doctor;

import dev.vorrang.app.program.BuildVersion;
import dev.vorrang.app.program.Home;
import dev.vorrang.app.settings.MachineStreamSettings;
import dev.vorrang.app.settings.MailStreamSettings;
import dev.vorrang.app.settings.Placement;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.settings.StreamSettings;
import dev.vorrang.scoring.machine.model.MachineModels;
import dev.vorrang.scoring.mail.model.MailModel;
import dev.vorrang.scoring.model.ModelOptions;
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
     * @param model folder of a mail model's version
     * @param settings whose servers to try
     */
    public static List<Supplier<Check>> of(Path model, Optional<Settings> settings) {
        var checks = new ArrayList<Supplier<Check>>(List.of(Checks::program, Checks::java, Checks::tensorFlow));
        if (settings.isEmpty() || settings.get().scored().contains(MailStreamSettings.NAME)) {
            var options = settings.map(each -> each.mail().model().options()).orElse(ModelOptions.defaults());
            checks.add(() -> model(model, options));
        }
        if (settings.isEmpty() || settings.get().scored().contains(MachineStreamSettings.NAME)) {
            settings.map(Settings::machine).orElseGet(MachineStreamSettings::defaults).stream()
                    .models()
                    .forEach(each -> checks.add(() -> machineModel(each)));
        }
        settings.ifPresent(each -> {
            var servers = new Servers(each);
            checks.add(servers::dataFolder);
            checks.add(servers::broker);
            checks.add(servers::registry);
            if (each.ingest().mode() == Placement.EMBEDDED) {
                each.ingest().mailboxes().forEach(mailbox -> checks.add(() -> servers.mailbox(mailbox)));
            }
        });
        return checks;
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

    private static Check machineModel(StreamSettings.Model model) {
        long start = System.nanoTime();
        try (var loaded = MachineModels.load(Home.resolve(model.folder()), model.options())) {
            long millis = (System.nanoTime() - start) / 1_000_000;
            return Check.good(
                    "model",
                    loaded.reference().getName() + " " + loaded.reference().getVersion()
                            + "; card, hashes, signature and warm-up are right (" + millis + " ms)");
        } catch (ModelRefusedException e) {
            return Check.bad(
                    "model", e.getMessage(), "restore the folder, or name another one in streams.machine.models");
        } catch (LinkageError e) {
            return Check.bad("model", "cannot be tried without TensorFlow", "see tensorflow");
        }
    }

    private static Check model(Path folder, ModelOptions options) {
        long start = System.nanoTime();
        try (var model = MailModel.load(folder, options)) {
            long millis = (System.nanoTime() - start) / 1_000_000;
            var card = model.card();
            return Check.good(
                    "model",
                    card.name() + " " + card.version() + ", heads "
                            + String.join(", ", card.heads().keySet())
                            + "; card, hashes, signature and warm-up are right (" + millis + " ms)");
        } catch (ModelRefusedException e) {
            return Check.bad(
                    "model",
                    e.getMessage(),
                    "restore the folder, or name another one with --model or streams.mail.models");
        } catch (LinkageError e) {
            return Check.bad("model", "cannot be tried without TensorFlow", "see tensorflow");
        }
    }
}

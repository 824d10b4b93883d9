package dev.vorrang.app.command;

import dev.vorrang.app.doctor.Checks;
import dev.vorrang.app.kit.Check;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.streams.StreamKits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vorrang doctor}: what is there, what is not, and what to do about it. */
@Command(
        name = "doctor",
        description = {
            "Checks Java, TensorFlow and the models; with --config also broker, registry and sources.",
            "Ends with 1 if something is missing."
        })
public final class DoctorCommand implements Callable<Integer> {

    @Option(names = "--config", paramLabel = "FILE", description = "Settings whose servers to try.")
    private Path config;

    @Option(names = "--model", paramLabel = "DIR", description = "Folder of a mail model's version to try.")
    private Path model;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Optional<Settings> settings = Optional.ofNullable(config).map(RunCommand::load);
        var out = spec.commandLine().getOut();
        var checks = new ArrayList<Check>();
        for (var check : Checks.of(StreamKits.ALL, Optional.ofNullable(model), settings)) {
            var result = check.get();
            checks.add(result);
            out.printf("  %-4s  %-11s %s%n", result.good() ? "ok" : "FAIL", result.what(), result.finding());
            result.advice().ifPresent(advice -> out.printf("  %-4s  %-11s -> %s%n", "", "", advice));
            out.flush();
        }
        long bad = checks.stream().filter(check -> !check.good()).count();
        out.println(bad == 0 ? "All is well." : bad + " of " + checks.size() + " need you.");
        return bad == 0 ? 0 : 1;
    }
}

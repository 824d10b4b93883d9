package dev.vorrang.app.streams.mail.command;

import dev.vorrang.app.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Calls commands as a user does. */
final class Calls {

    private Calls() {}

    /** @return the exit code */
    static int run(Writer output, Writer errors, String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(output, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }

    /** Writes mails with the columns {@code text} and {@code topic}, of printers and invoices in turn. */
    static Path writeMails(Path file, int rows) throws IOException {
        var csv = new StringBuilder("text,topic\n");
        for (int row = 0; row < rows; row++) {
            csv.append(row % 2 == 0 ? "the printer has no toner " : "the invoice is not paid ")
                    .append(row)
                    .append(row % 2 == 0 ? ",printers\n" : ",invoices\n");
        }
        return Files.writeString(file, csv);
    }
}

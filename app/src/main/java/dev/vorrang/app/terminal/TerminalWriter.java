package dev.vorrang.app.terminal;

import dev.vorrang.schemas.text.ForeignText;
import java.io.BufferedWriter;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** What commands print: the last guard against control characters in text that somebody else wrote. */
public final class TerminalWriter extends FilterWriter {

    private TerminalWriter(Writer out) {
        super(out);
    }

    /** In UTF-8, flushed at each line. */
    public static PrintWriter of(OutputStream out) {
        return new PrintWriter(
                new TerminalWriter(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8))), true);
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        out.write(ForeignText.atTerminal(text.substring(from, from + length)));
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
        write(new String(text, from, length), 0, length);
    }

    @Override
    public void write(int character) throws IOException {
        write(String.valueOf((char) character), 0, 1);
    }
}

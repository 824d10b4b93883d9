package dev.vorrang.app.program;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What native code writes to standard error. TensorFlow's lines go to the log; all others, such as the last words before an
 * abort, still go where standard error went when the program started, and so does all that Java writes.
 */
public final class NativeErrors {

    private static final Logger LOG = LoggerFactory.getLogger(NativeErrors.class);
    private static final Logger TENSORFLOW = LoggerFactory.getLogger("org.tensorflow");
    private static final int STANDARD_ERROR = 2;
    private static final long LAST_LINES_MILLIS = 1_000;

    /** Information, warnings and errors as TensorFlow and its Abseil write them; not F, which is fatal. */
    private static final Pattern OF_TENSORFLOW =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d+: [IWE] .*"
                    + "|[IWE]\\d{4} \\d\\d:\\d\\d:\\d+\\.\\d+ .*"
                    + "|WARNING: All log messages before absl::InitializeLog\\(\\) .*"
                    + "|To enable the following instructions: .*");

    private final C c;
    private final int terminal;
    private final int pipe;

    private NativeErrors(C c, int terminal, int pipe) {
        this.c = c;
        this.terminal = terminal;
        this.pipe = pipe;
    }

    /** What POSIX calls so; Java has no way to it. Each returns -1 where it fails. */
    private interface C extends Library {
        int dup(int descriptor);

        int dup2(int descriptor, int as);

        int pipe(int[] ends);

        int close(int descriptor);

        NativeLong read(int descriptor, byte[] bytes, NativeLong length);

        NativeLong write(int descriptor, byte[] bytes, NativeLong length);
    }

    /** From here on, until the program ends. Before {@code System.err} is first used; where it cannot be had, all stays as it was. */
    public static void toLog() {
        try {
            var c = Native.load("c", C.class);
            int terminal = c.dup(STANDARD_ERROR);
            var ends = new int[2];
            if (terminal < 0 || c.pipe(ends) < 0) {
                return;
            }
            var errors = new NativeErrors(c, terminal, ends[0]);
            System.setErr(new PrintStream(new BufferedOutputStream(errors.new Terminal()), true));
            errors.read();
            c.dup2(ends[1], STANDARD_ERROR);
            // The other one is now the only one: once it is gone, the reader has come to the end.
            c.close(ends[1]);
        } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
            LOG.debug("What native code writes to standard error stays there", e);
        }
    }

    private void read() {
        var reader = new Thread(this::sort, "native-errors");
        reader.setDaemon(true);
        reader.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(reader), "native-errors-end"));
    }

    private void sort() {
        var others = new PrintStream(new Terminal(), true, StandardCharsets.UTF_8);
        try (var lines = new BufferedReader(new InputStreamReader(new Pipe(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (OF_TENSORFLOW.matcher(line).matches()) {
                    TENSORFLOW.info(line);
                } else {
                    others.println(line);
                }
            }
        } catch (IOException e) {
            LOG.warn("What native code writes to standard error stays there", e);
        } finally {
            giveBack();
        }
    }

    /** Nobody may write to a pipe that nobody reads. */
    private void giveBack() {
        c.dup2(terminal, STANDARD_ERROR);
    }

    private void end(Thread reader) {
        giveBack();
        try {
            reader.join(LAST_LINES_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Pipe extends InputStream {

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            Objects.checkFromIndexSize(from, length, bytes.length);
            var read = new byte[length];
            int count = c.read(pipe, read, new NativeLong(length)).intValue();
            if (count < 0) {
                throw new IOException("error " + Native.getLastError());
            }
            System.arraycopy(read, 0, bytes, from, count);
            return count == 0 && length > 0 ? -1 : count;
        }
    }

    /** Where standard error went when the program started, a terminal or not. */
    private final class Terminal extends OutputStream {

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int end = from + length;
            for (int next = from; next < end; ) {
                var rest = Arrays.copyOfRange(bytes, next, end);
                int count = c.write(terminal, rest, new NativeLong(rest.length)).intValue();
                if (count < 0) {
                    throw new IOException("error " + Native.getLastError());
                }
                next += count;
            }
        }
    }
}

package dev.vorrang.app.terminal;

import dev.vorrang.schemas.DeadLetter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOError;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Curses;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows streams as tables on the terminal's other screen and redraws it a few times a second, as wide and high as the terminal is at that
 * moment. Closing it brings the terminal back as it was and leaves the last table there.
 */
public final class LiveScreen implements ScoreView {

    private static final Logger LOG = LoggerFactory.getLogger(LiveScreen.class);
    private static final long REDRAW_MILLIS = 200;
    private static final int FINAL_ROWS = 40;

    private final Terminal terminal;
    private final PrintWriter last;
    private final Display display;
    private final Map<String, StreamView> views;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private volatile Size size;
    private boolean closed;

    private LiveScreen(Terminal terminal, PrintWriter last, Map<String, StreamView> views, Clock clock) {
        this.terminal = terminal;
        this.last = last;
        this.display = new Display(terminal, true);
        this.views = new LinkedHashMap<>(views);
        this.clock = clock;
        this.size = measure();
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "live-screen");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Whether this program talks to a terminal that can show a live table. */
    public static boolean possible() {
        var term = System.getenv("TERM");
        return System.console() != null && term != null && !term.equals("dumb");
    }

    /**
     * Takes over the terminal.
     *
     * @param views by name of the stream; the first is at the bottom and has the room that the others leave
     */
    public static LiveScreen open(Map<String, StreamView> views, Clock clock) {
        try {
            // With its own signal handlers, Ctrl-C would end the program at once instead of in order.
            var terminal =
                    TerminalBuilder.builder().system(true).nativeSignals(false).build();
            return open(
                    terminal,
                    new PrintWriter(new FileOutputStream(FileDescriptor.out), false, terminal.encoding()),
                    views,
                    clock);
        } catch (IOException e) {
            throw new UncheckedIOException("terminal", e);
        }
    }

    /** @param last takes the last table: at Ctrl-C JLine closes its terminal at once, and what is written there then is lost */
    static LiveScreen open(Terminal terminal, PrintWriter last, Map<String, StreamView> views, Clock clock) {
        var screen = new LiveScreen(terminal, last, views, clock);
        terminal.puts(Capability.enter_ca_mode);
        terminal.puts(Capability.cursor_invisible);
        screen.timer.scheduleWithFixedDelay(screen::redraw, 0, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
        return screen;
    }

    @Override
    public void show(String stream, SpecificRecord output, Duration latency) {
        views.get(stream).add(output, latency, clock.instant());
    }

    @Override
    public void show(String stream, DeadLetter letter) {
        views.get(stream).addDeadLetter();
    }

    private synchronized void redraw() {
        if (closed) {
            return;
        }
        try {
            size = measure();
            display.resize(size.getRows(), size.getColumns());
            display.update(lines(size.getColumns(), size.getRows()), 0);
        } catch (RuntimeException | Error e) {
            // One picture less; the timer would draw no further one after an exception.
            LOG.warn("The table could not be drawn", e);
        }
    }

    private List<AttributedString> lines(int columns, int rows) {
        var upwards = new ArrayList<>(views.values());
        var bottom = upwards.remove(0);
        upwards.removeIf(view -> view.height() == 0);
        Collections.reverse(upwards);
        var lines = new ArrayList<AttributedString>();
        for (var view : upwards) {
            int share = rows / (upwards.size() + 1);
            lines.addAll(view.draw(columns, Math.min(view.height(), share), clock.instant()));
        }
        lines.addAll(bottom.draw(columns, rows - lines.size(), clock.instant()));
        return lines;
    }

    private Size measure() {
        var measured = terminal.getSize();
        return measured.getColumns() > 0 && measured.getRows() > 0 ? measured : new Size(120, 40);
    }

    @Override
    public void close() {
        timer.shutdown();
        stopDrawing();
        Curses.tputs(last, terminal.getStringCapability(Capability.cursor_visible));
        // Some terminals, tmux for one, keep what no longer fits of the other screen.
        Curses.tputs(last, terminal.getStringCapability(Capability.clear_screen));
        Curses.tputs(last, terminal.getStringCapability(Capability.exit_ca_mode));
        // A terminal that was resized meanwhile may have come back to a line with something on it.
        last.print('\r');
        Curses.tputs(last, terminal.getStringCapability(Capability.clr_eos));
        lines(size.getColumns(), Math.min(size.getRows() - 1, FINAL_ROWS))
                .forEach(line -> last.println(line.toAnsi(terminal)));
        last.flush();
        try {
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException("terminal", e);
        }
    }

    /** Nothing of a picture may come after the terminal is back on its first screen, and the last table is as wide as it is now. */
    private synchronized void stopDrawing() {
        closed = true;
        try {
            terminal.flush();
            size = measure();
        } catch (RuntimeException | IOError e) {
            LOG.debug("The terminal is closed already", e);
        }
    }
}

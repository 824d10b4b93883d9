package dev.vorrang.app.terminal;

import static dev.vorrang.app.terminal.Cells.cell;

import dev.vorrang.schemas.Action;
import dev.vorrang.schemas.text.ForeignText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Shows what is done about records: of each action how often, and the latest. */
public final class ActionView implements StreamView {

    private static final int WIDTH = 160;
    private static final int TIMES = 7;
    private static final int NAME = 16;
    private static final int SINK = 10;

    private final Cells cells;
    private final Map<String, Action> latest = new TreeMap<>();
    private final Map<String, Integer> times = new TreeMap<>();

    /** @param colours whether to colour */
    public ActionView(boolean colours) {
        this.cells = new Cells(colours);
    }

    @Override
    public synchronized void add(SpecificRecord output, Duration latency, Instant now) {
        var action = (Action) output;
        latest.put(action.getName(), action);
        times.merge(action.getName(), 1, Integer::sum);
    }

    @Override
    public void addDeadLetter() {
        // The log tells of a condition that fails.
    }

    @Override
    public List<String> lines(SpecificRecord output) {
        var action = (Action) output;
        return List.of(ForeignText.line("action " + action.getName() + " -> " + action.getSink() + ": "
                + action.getSeverity().name().toLowerCase(Locale.ROOT) + ", " + action.getTitle()));
    }

    @Override
    public synchronized List<String> summary(Instant now) {
        return draw(WIDTH, height(), now).stream()
                .map(line -> line.toString().stripTrailing())
                .toList();
    }

    /** Header and a line for each action. */
    @Override
    public synchronized int height() {
        return latest.isEmpty() ? 0 : 1 + latest.size();
    }

    @Override
    public synchronized List<AttributedString> draw(int width, int height, Instant now) {
        var lines = new ArrayList<AttributedString>();
        if (!latest.isEmpty()) {
            lines.add(row("ACTION", "SINK", "TIMES", "LATEST", width, Cells.PLAIN.underline()));
        }
        latest.values().stream()
                .map(action -> row(
                        action.getName(),
                        action.getSink(),
                        Integer.toString(times.get(action.getName())),
                        ForeignText.line(action.getTitle()),
                        width,
                        Cells.PLAIN))
                .forEach(lines::add);
        return lines.stream()
                .limit(Math.max(height, 0))
                .map(line -> Cells.fit(line, width))
                .toList();
    }

    private AttributedString row(
            String name, String sink, String count, String title, int width, AttributedStyle style) {
        var line = new AttributedStringBuilder();
        cell(line, name, NAME, cells.paint(style));
        cell(line, sink, SINK, cells.paint(style));
        cell(line, count, TIMES, cells.paint(style));
        cell(line, title, Math.max(2, width - NAME - SINK - TIMES - 3 * Cells.GAP), cells.paint(style));
        return line.toAttributedString();
    }
}

package dev.vorrang.app.terminal;

import static dev.vorrang.app.terminal.Cells.cell;

import dev.vorrang.schemas.Reason;
import dev.vorrang.schemas.text.ForeignText;
import dev.vorrang.schemas.view.Headline;
import dev.vorrang.schemas.view.OutputView;
import dev.vorrang.schemas.view.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Headlines of any stream's outputs, the latest of each key, most pressing first. */
public final class HeadlineView implements StreamView {

    private static final int ROWS = 500;
    private static final int SEVERITY = 8;
    private static final int WIDTH = 160;
    private static final int SUMMARY_ROWS = 30;
    /** Title, header and figures. */
    private static final int FRAME = 3;

    private static final Comparator<Headline> MOST_PRESSING = Comparator.comparing(Headline::severity)
            .reversed()
            .thenComparing(Headline::time, Comparator.reverseOrder())
            .thenComparing(Headline::key);

    private final String title;
    private final Cells cells;
    private final List<String> footer;
    private final Map<Class<?>, OutputView<?>> views = new HashMap<>();
    private final Map<String, Headline> latest = new HashMap<>();
    private final Latencies latencies = new Latencies();
    private long seen;
    private long deadLetters;

    /**
     * @param title stands above the table
     * @param views of the outputs that have a headline; others are counted only
     * @param colours whether to colour
     * @param footer lines below all else
     */
    public HeadlineView(String title, List<OutputView<?>> views, boolean colours, List<String> footer) {
        this.title = title;
        this.cells = new Cells(colours);
        this.footer = List.copyOf(footer);
        views.forEach(view -> this.views.put(view.type(), view));
    }

    @Override
    public synchronized void add(SpecificRecord output, Duration latency, Instant now) {
        seen++;
        latencies.add(latency);
        headline(output).ifPresent(headline -> {
            latest.put(headline.key(), headline);
            if (latest.size() > ROWS) {
                latest.values().stream().max(MOST_PRESSING).map(Headline::key).ifPresent(latest::remove);
            }
        });
    }

    @Override
    public synchronized void addDeadLetter() {
        deadLetters++;
    }

    @Override
    public List<String> lines(SpecificRecord output) {
        return headline(output)
                .map(headline -> List.of(text(row(headline, WIDTH))))
                .orElseGet(List::of);
    }

    @Override
    public synchronized List<String> summary(Instant now) {
        return height() == 0
                ? List.of()
                : draw(WIDTH, SUMMARY_ROWS, now).stream()
                        .map(HeadlineView::text)
                        .toList();
    }

    @Override
    public synchronized int height() {
        return latest.isEmpty() && seen == 0 && deadLetters == 0 ? 0 : latest.size() + FRAME + footer.size();
    }

    @Override
    public synchronized List<AttributedString> draw(int width, int height, Instant now) {
        var style = Cells.PLAIN.underline();
        var above = List.of(
                cells.styled(title, Cells.PLAIN.bold()), line("SEVERITY", "TITLE", "REASONS", width, style, style));
        var below = new ArrayList<>(Cells.wrap(figures(), width));
        footer.forEach(line -> below.addAll(Cells.wrap(cells.styled(line, Cells.FAINT), width)));
        var rows = latest.values().stream().sorted(MOST_PRESSING).toList();
        return new Frame(cells, above, below)
                .around(rows, rows.size(), headline -> row(headline, width), width, height);
    }

    private AttributedString figures() {
        var line = new AttributedStringBuilder()
                .append(seen + " outputs", Cells.PLAIN.bold())
                .append("  ·  latency p50 " + Cells.millis(latencies.percentile(50)) + ", p99 "
                        + Cells.millis(latencies.percentile(99)));
        if (deadLetters > 0) {
            line.append("  ·  " + deadLetters + " dead letters");
        }
        return line.toAttributedString();
    }

    private AttributedString row(Headline headline, int width) {
        return line(
                " " + headline.severity().name().toLowerCase(Locale.ROOT),
                ForeignText.line(headline.title()),
                ForeignText.line(
                        headline.reasons().stream().map(Reason::getText).collect(Collectors.joining(", "))),
                width,
                cells.paint(style(headline.severity())),
                Cells.PLAIN);
    }

    private static AttributedString line(
            String severity, String title, String reasons, int width, AttributedStyle first, AttributedStyle others) {
        int left = Math.max(2, width - SEVERITY - 2 * Cells.GAP);
        var line = new AttributedStringBuilder();
        cell(line, severity, SEVERITY, first);
        cell(line, title, left / 2, others);
        cell(line, reasons, left - left / 2, others);
        return line.toAttributedString();
    }

    private static AttributedStyle style(Severity severity) {
        return switch (severity) {
            case URGENT -> Cells.ALARM;
            case HIGH -> Cells.WARNING;
            case NORMAL -> Cells.PLAIN;
            case LOW -> Cells.FAINT;
        };
    }

    private Optional<Headline> headline(SpecificRecord output) {
        return Optional.ofNullable(views.get(output.getClass())).map(view -> headline(view, output));
    }

    private static <V extends SpecificRecord> Headline headline(OutputView<V> view, SpecificRecord output) {
        return view.headline(view.type().cast(output));
    }

    private static String text(AttributedString line) {
        return line.toString().stripTrailing();
    }
}

package dev.vorrang.app.terminal;

import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.text.ForeignText;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** Writes outputs as lines of text, and at the end a summary of each stream, where there is no terminal that could show a live table. */
public final class PlainScores implements ScoreView {

    private final PrintWriter out;
    private final Clock clock;
    private final Map<String, StreamView> views;

    /** @param views by name of the stream, the first at the bottom */
    public PlainScores(PrintWriter out, Map<String, StreamView> views, Clock clock) {
        this.out = out;
        this.views = new LinkedHashMap<>(views);
        this.clock = clock;
    }

    @Override
    public void show(String stream, SpecificRecord output, Duration latency) {
        var view = views.get(stream);
        view.add(output, latency, clock.instant());
        view.lines(output).forEach(out::println);
        out.flush();
    }

    @Override
    public void show(String stream, DeadLetter letter) {
        views.get(stream).addDeadLetter();
        out.println(ForeignText.line("dead letter: " + letter.getStage() + ": " + letter.getMessage()));
    }

    @Override
    public void close() {
        out.println();
        var upwards = new ArrayList<>(views.values());
        Collections.reverse(upwards);
        upwards.forEach(view -> view.summary(clock.instant()).forEach(out::println));
        out.flush();
    }
}

package dev.vorrang.app.terminal;

import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.serde.AvroJson;
import java.io.PrintWriter;
import java.time.Duration;

/**
 * Writes each mail's score and each change of a machine's alert as a line of JSON, for programs; everything else goes elsewhere.
 * Machines are scored with each reading: whoever wants all of that reads the topic.
 */
public final class JsonScores implements ScoreView {

    private final PrintWriter out;
    private final PrintWriter err;

    /**
     * @param out for the lines alone
     * @param err for dead letters
     */
    public JsonScores(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void show(MailScore score, Duration latency) {
        out.println(AvroJson.line(score));
        out.flush();
    }

    @Override
    public void show(MachineScore score, Duration latency) {}

    @Override
    public void show(MachineAlert alert) {
        out.println(AvroJson.line(alert));
        out.flush();
    }

    @Override
    public void show(DeadLetter letter) {
        err.println("dead letter: " + AvroJson.line(letter));
    }

    @Override
    public void close() {
        out.flush();
    }
}

package dev.vorrang.app.terminal;

import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.serde.AvroJson;
import java.io.PrintWriter;
import java.time.Duration;

/** Writes each score as a line of JSON, for programs; everything else goes elsewhere. */
public final class JsonScores implements ScoreView {

    private final PrintWriter out;
    private final PrintWriter err;

    /**
     * @param out for the scores alone
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
    public void show(DeadLetter letter) {
        err.println("dead letter: " + AvroJson.line(letter));
    }

    @Override
    public void close() {
        out.flush();
    }
}

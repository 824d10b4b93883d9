package dev.vorrang.app.terminal;

import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.serde.AvroJson;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/**
 * Writes outputs as lines of JSON, for programs; everything else goes elsewhere. Not all types of outputs are for people: whoever wants
 * all of them reads the topics.
 */
public final class JsonScores implements ScoreView {

    private final PrintWriter out;
    private final PrintWriter err;
    private final Set<Class<?>> types;

    /**
     * @param out for the lines alone
     * @param err for dead letters
     * @param types of the outputs that are written
     */
    public JsonScores(PrintWriter out, PrintWriter err, Set<Class<?>> types) {
        this.out = out;
        this.err = err;
        this.types = Set.copyOf(types);
    }

    @Override
    public void show(String stream, SpecificRecord output, Duration latency) {
        if (types.contains(output.getClass())) {
            out.println(AvroJson.line(output));
            out.flush();
        }
    }

    @Override
    public void show(String stream, DeadLetter letter) {
        err.println("dead letter: " + AvroJson.line(letter));
    }

    @Override
    public void close() {
        out.flush();
    }
}

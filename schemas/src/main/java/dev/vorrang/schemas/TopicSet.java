package dev.vorrang.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/**
 * The topics of one stream.
 *
 * @param input its records are scored
 * @param sideInputs what else a stream must know to score them; with the same keys and as many partitions as the input
 * @param outputs every topic that a scored record may go to; the scores first
 * @param deadLetters takes what could not be read or scored
 * @param feeds what the stream makes further records of its input from; with keys and partitions of their own
 * @param <V> type of the records
 */
public record TopicSet<V extends SpecificRecord>(
        Topic<V> input,
        List<Topic<?>> sideInputs,
        List<Topic<?>> outputs,
        Topic<DeadLetter> deadLetters,
        List<Topic<?>> feeds) {

    public TopicSet {
        Objects.requireNonNull(input, "input");
        sideInputs = List.copyOf(sideInputs);
        outputs = List.copyOf(outputs);
        Objects.requireNonNull(deadLetters, "deadLetters");
        feeds = List.copyOf(feeds);
    }

    /** Without feeds. */
    public TopicSet(Topic<V> input, List<Topic<?>> sideInputs, List<Topic<?>> outputs, Topic<DeadLetter> deadLetters) {
        this(input, sideInputs, outputs, deadLetters, List.of());
    }

    /** The input, then the side inputs. */
    public List<Topic<?>> inputs() {
        var inputs = new ArrayList<Topic<?>>(List.of(input));
        inputs.addAll(sideInputs);
        return inputs;
    }

    /** All of them; all must exist before the stream starts. */
    public List<Topic<?>> all() {
        var all = new ArrayList<>(inputs());
        all.addAll(outputs);
        all.add(deadLetters);
        all.addAll(feeds);
        return List.copyOf(all);
    }
}

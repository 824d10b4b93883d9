package dev.vorrang.training.mail;

import dev.vorrang.training.TrainingDataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The labels of one head, numbered as they are first seen; each is kept once, however many rows have it. */
final class HeadLabels {

    /** A head with more labels learns none of them well, and takes memory for each. */
    static final int MOST = 1_000;

    private static final int SHOWN = 3;

    private final String head;
    private final String column;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> labels = new ArrayList<>();

    HeadLabels(String head, String column) {
        this.head = head;
        this.column = column;
    }

    String head() {
        return head;
    }

    String column() {
        return column;
    }

    /** In the order of their numbers. */
    List<String> labels() {
        return labels;
    }

    /**
     * The number of a label.
     *
     * @param place of the row, for the message
     * @throws TrainingDataException if there are too many labels
     */
    int number(String label, String place) {
        Integer known = numbers.get(label);
        if (known != null) {
            return known;
        }
        if (labels.size() == MOST) {
            throw tooMany("more than " + MOST + " labels up to " + place);
        }
        numbers.put(label, labels.size());
        labels.add(label);
        return labels.size() - 1;
    }

    /** @param many what there is too much of */
    TrainingDataException tooMany(String many) {
        var some = new ArrayList<String>();
        for (String label : labels.subList(0, Math.min(SHOWN, labels.size()))) {
            some.add(Shown.label(label));
        }
        return new TrainingDataException("column '" + column + "' for the " + head + " has " + many + ", such as "
                + String.join(", ", some)
                + ": it looks like free text or an id; name a column with few values that repeat, "
                + MOST + " at most");
    }
}

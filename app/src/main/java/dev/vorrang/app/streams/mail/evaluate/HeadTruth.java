package dev.vorrang.app.streams.mail.evaluate;

import dev.vorrang.app.evaluate.Excerpt;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.mail.MailRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is known to be true of mails for one head.
 *
 * @param head name of the head
 * @param labels labels that the model knows, in the order of its card, then those that only the data has, sorted
 * @param known how many the model knows
 * @param mails places of the rows that have a label, rising
 * @param truth label of each of them, a place in labels
 */
record HeadTruth(String head, List<String> labels, int known, int[] mails, int[] truth) {

    /** More are not labels, but another column's values; figures of so many would take too much memory. */
    private static final int MOST_UNKNOWN = 1000;

    private static final int MOST_SHOWN = 8;
    private static final int LONGEST_SHOWN = 40;

    /**
     * @param column where the labels come from
     * @param known labels that the model knows
     * @throws TrainingDataException if no row has a label, or none that the model knows, or there are too many others
     */
    static HeadTruth of(String head, String column, List<String> known, List<MailRow> rows) {
        int[] mails = IntStream.range(0, rows.size())
                .filter(row -> rows.get(row).labels().containsKey(head))
                .toArray();
        if (mails.length == 0) {
            throw new TrainingDataException(
                    "column '" + column + "' for the " + head + ": no row has a label there, or none that is mapped");
        }
        var places = new TreeMap<String, Integer>();
        IntStream.of(mails).forEach(row -> places.put(rows.get(row).labels().get(head), -1));
        List<String> unknown =
                places.keySet().stream().filter(label -> !known.contains(label)).toList();
        if (unknown.size() == places.size()) {
            throw new TrainingDataException("column '" + column + "' for the " + head + " has the labels "
                    + some(unknown) + ", and the model knows none of them: it knows " + some(known)
                    + "; --mapping translates labels");
        }
        if (unknown.size() > MOST_UNKNOWN) {
            throw new TrainingDataException("column '" + column + "' for the " + head + " has " + unknown.size()
                    + " labels that the model does not know, allowed are " + MOST_UNKNOWN + ": " + some(unknown));
        }
        var labels = new ArrayList<>(known);
        labels.addAll(unknown);
        IntStream.range(0, labels.size()).forEach(place -> places.put(labels.get(place), place));
        int[] truth = IntStream.of(mails)
                .map(row -> places.get(rows.get(row).labels().get(head)))
                .toArray();
        return new HeadTruth(head, labels, known.size(), mails, truth);
    }

    private static String some(List<String> labels) {
        String shown = labels.stream()
                .limit(MOST_SHOWN)
                .map(label -> Excerpt.of(label, LONGEST_SHOWN))
                .collect(Collectors.joining(", "));
        return labels.size() <= MOST_SHOWN ? shown : shown + " and " + (labels.size() - MOST_SHOWN) + " others";
    }

    boolean isKnown(int label) {
        return label < known;
    }

    /** Rows of each label that the model does not know, the most frequent first. */
    List<Map.Entry<String, Long>> unknown() {
        return IntStream.of(truth)
                .filter(label -> !isKnown(label))
                .boxed()
                .collect(Collectors.groupingBy(labels::get, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .toList();
    }
}

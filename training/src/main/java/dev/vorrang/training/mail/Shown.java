package dev.vorrang.training.mail;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Labels and numbers as messages show them: in one line, and not too many. */
final class Shown {

    private static final int LONGEST = 40;
    private static final int MOST = 10;

    private Shown() {}

    static String label(String label) {
        String clean = label.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", " ");
        return "'" + (clean.length() > LONGEST ? clean.substring(0, LONGEST) + "…" : clean) + "'";
    }

    /** The first ten, and how many more there are. */
    static String labels(List<String> labels) {
        String first = labels.stream().limit(MOST).map(Shown::label).collect(Collectors.joining(", "));
        return labels.size() > MOST ? first + " and " + (labels.size() - MOST) + " more" : first;
    }

    /** A number with what it counts. */
    static String count(long number, String one, String more) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : more);
    }
}

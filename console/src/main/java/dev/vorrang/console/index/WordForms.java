package dev.vorrang.console.index;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Other forms of a word: with one of the common endings of German and English in place of its own. So a plural finds the singular without
 * an index of stems. Many of these are no words, and are found nowhere.
 */
final class WordForms {

    private static final List<String> ENDINGS = List.of("", "e", "n", "s", "en", "er", "em", "es", "ern");
    private static final int MIN_STEM_CHARS = 3;

    private WordForms() {}

    /**
     * All forms of a word, itself among them.
     *
     * @param word as {@link TextAnalyzer} gives it
     */
    static Set<String> of(String word) {
        var forms = new LinkedHashSet<>(Set.of(word));
        for (String own : ENDINGS) {
            int stem = word.length() - own.length();
            if (stem >= MIN_STEM_CHARS && word.endsWith(own)) {
                ENDINGS.forEach(other -> forms.add(word.substring(0, stem) + other));
            }
        }
        exchange(word, "ies", "y", forms);
        exchange(word, "y", "ies", forms);
        return forms;
    }

    private static void exchange(String word, String own, String other, Set<String> forms) {
        int stem = word.length() - own.length();
        if (stem >= MIN_STEM_CHARS && word.endsWith(own)) {
            forms.add(word.substring(0, stem) + other);
        }
    }
}

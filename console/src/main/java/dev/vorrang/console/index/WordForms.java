package dev.vorrang.console.index;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Other forms of a word: with one of the common endings of German and English in place of its own. So a plural finds the singular without
 * an index of stems. Many of these are no words, and are found nowhere.
 */
final class WordForms {

    /** Endings that take the place of each other. */
    private static final List<List<String>> ENDINGS =
            List.of(List.of("", "e", "n", "s", "en", "er", "em", "es", "ern"), List.of("y", "ies"));

    private static final int MIN_STEM_CHARS = 3;

    private WordForms() {}

    /**
     * All forms of a word, itself among them.
     *
     * @param word as {@link TextAnalyzer} gives it
     */
    static Set<String> of(String word) {
        var forms = new LinkedHashSet<>(Set.of(word));
        for (List<String> endings : ENDINGS) {
            for (String own : endings) {
                int stem = word.length() - own.length();
                if (stem >= MIN_STEM_CHARS && word.endsWith(own)) {
                    endings.forEach(other -> forms.add(word.substring(0, stem) + other));
                }
            }
        }
        return forms;
    }
}

package dev.vorrang.scoring.mail;

import com.optimaize.langdetect.LanguageDetector;
import com.optimaize.langdetect.LanguageDetectorBuilder;
import com.optimaize.langdetect.ngram.NgramExtractors;
import com.optimaize.langdetect.profiles.LanguageProfileReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the language of a mail. Of most mails the words that hold sentences together tell English from German at once; all others go to
 * a library (character n-grams), which takes fifty times as long. It is asked about the larger languages of Europe, because small ones that are
 * close to these, such as Galician, only make it unsure. The same text always gets the same answer. Safe for use by several threads at once.
 */
final class MailLanguage {

    /** Characters that are read: the beginning of a mail is in its language. */
    private static final int READ_FOR_WORDS = 200;

    private static final int READ_FOR_GRAMS = 160;
    /** Letters below which a text tells too little. */
    private static final int FEWEST_LETTERS = 30;
    /** Different words of a language that are enough, if the other has no more than a third of that. */
    private static final int ENOUGH_WORDS = 3;

    private static final double CONFIDENCE = 0.9;

    private static final Set<String> LANGUAGES = Set.of(
            "en", "de", "fr", "es", "it", "nl", "pt", "pl", "cs", "da", "sv", "no", "fi", "tr", "ro", "hu", "ru", "uk",
            "el", "hr", "ar");

    private static final Set<String> ENGLISH = Set.of(
            "the", "and", "you", "for", "with", "is", "have", "please", "that", "this", "we", "are", "your", "our",
            "of", "to", "it", "was", "from", "can", "has", "been", "not", "but", "would");
    private static final Set<String> GERMAN = Set.of(
            "der", "die", "und", "ist", "nicht", "ich", "sie", "wir", "das", "mit", "bitte", "eine", "den", "auf",
            "für", "zu", "haben", "ein", "es", "von", "dem", "bei", "im", "sich", "auch", "noch", "wird");

    private MailLanguage() {}

    /** Loaded when it is first needed. */
    private static final class Library {

        private static final LanguageDetector DETECTOR = detector();

        private static LanguageDetector detector() {
            try {
                return LanguageDetectorBuilder.create(NgramExtractors.standard())
                        .withProfiles(new LanguageProfileReader()
                                .readAllBuiltIn().stream()
                                        .filter(profile -> LANGUAGES.contains(
                                                profile.getLocale().getLanguage()))
                                        .toList())
                        .minimalConfidence(CONFIDENCE)
                        // Answers must not depend on chance.
                        .seed(1)
                        .build();
            } catch (IOException e) {
                throw new UncheckedIOException("the profiles of languages cannot be read", e);
            }
        }
    }

    /** Language as ISO 639-1, empty if it cannot be told. */
    static Optional<String> of(String subject, String body) {
        String text = beginning(subject) + " " + beginning(body);
        if (text.codePoints().filter(Character::isLetter).count() < FEWEST_LETTERS) {
            return Optional.empty();
        }
        return byWords(text).or(() -> byGrams(text));
    }

    private static String beginning(String text) {
        return text.length() <= READ_FOR_WORDS ? text : text.substring(0, READ_FOR_WORDS);
    }

    private static Optional<String> byWords(String text) {
        var english = new HashSet<String>();
        var german = new HashSet<String>();
        String lower = text.toLowerCase(Locale.ROOT);
        int start = -1;
        for (int i = 0; i <= lower.length(); i++) {
            boolean letter = i < lower.length() && Character.isLetter(lower.charAt(i));
            if (letter && start < 0) {
                start = i;
            } else if (!letter && start >= 0) {
                String word = lower.substring(start, i);
                if (ENGLISH.contains(word)) {
                    english.add(word);
                } else if (GERMAN.contains(word)) {
                    german.add(word);
                }
                start = -1;
            }
        }
        if (english.size() >= ENOUGH_WORDS && 3 * german.size() <= english.size()) {
            return Optional.of("en");
        }
        return german.size() >= ENOUGH_WORDS && 3 * english.size() <= german.size()
                ? Optional.of("de")
                : Optional.empty();
    }

    private static Optional<String> byGrams(String text) {
        String read = text.length() <= READ_FOR_GRAMS ? text : text.substring(0, READ_FOR_GRAMS);
        var found = Library.DETECTOR.detect(read);
        return found.isPresent() ? Optional.of(found.get().getLanguage()) : Optional.empty();
    }
}

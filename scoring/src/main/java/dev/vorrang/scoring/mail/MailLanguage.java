package dev.vorrang.scoring.mail;

import com.carrotsearch.labs.langid.LangIdV3;
import com.carrotsearch.labs.langid.Model;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the language of a mail by character n-grams (langid; Lui and Baldwin, "langid.py: An Off-the-shelf Language Identification Tool",
 * ACL 2012). It knows the larger languages of Europe, because small ones that are close to these, such as Galician, only make it unsure.
 * The same text always gets the same answer. Safe for use by several threads at once.
 */
final class MailLanguage {

    /** Characters that are read: the beginning of a mail is in its language. */
    private static final int READ_OF_SUBJECT = 100;

    private static final int READ_OF_BODY = 150;
    /** Letters below which a text tells too little. */
    private static final int FEWEST_LETTERS = 30;
    /** Of mails without sentences, which name things only, .9 takes 2 in 100 for another language; this one less than 1. */
    private static final double CONFIDENCE = 0.999;

    private static final Model LANGUAGES = Model.detectOnly(Set.of(
            "en", "de", "fr", "es", "it", "nl", "pt", "pl", "cs", "da", "sv", "no", "fi", "tr", "ro", "hu", "ru", "uk",
            "el", "hr", "ar"));
    /** A classifier is for one thread; what it has learned is shared. */
    private static final ThreadLocal<LangIdV3> CLASSIFIER = ThreadLocal.withInitial(() -> new LangIdV3(LANGUAGES));

    private MailLanguage() {}

    /** Language as ISO 639-1, empty if it cannot be told. */
    static Optional<String> of(String subject, String body) {
        String text = beginning(subject, READ_OF_SUBJECT) + " " + beginning(body, READ_OF_BODY);
        long letters = text.codePoints().filter(Character::isLetter).count();
        if (letters < FEWEST_LETTERS) {
            return Optional.empty();
        }
        // Of a shouted mail the n-grams were never learned.
        boolean shouted = 2 * text.codePoints().filter(Character::isUpperCase).count() > letters;
        var detected = CLASSIFIER.get().classify(shouted ? text.toLowerCase(Locale.ROOT) : text, true);
        return detected.getConfidence() >= CONFIDENCE ? Optional.of(detected.getLangCode()) : Optional.empty();
    }

    private static String beginning(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}

package dev.vorrang.scoring.mail;

import com.carrotsearch.labs.langid.LangIdV3;
import com.carrotsearch.labs.langid.Model;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the language of a mail by character n-grams (langid; Lui and Baldwin, "langid.py: An Off-the-shelf Language Identification Tool",
 * ACL 2012). It knows the larger languages of Europe, because small ones that are close to these, such as Galician, only make it unsure.
 * The same text always gets the same answer. Safe for use by several threads at once.
 */
public final class MailLanguage {

    /** Characters that are read: the beginning of a mail is in its language. */
    private static final int READ_OF_SUBJECT = 100;

    private static final int READ_OF_BODY = 150;
    /** Characters of the body that are read first; most mails need no more. */
    private static final int READ_FIRST = 60;
    /** Letters below which a text tells too little. */
    private static final int FEWEST_LETTERS = 30;
    /** Of mails without sentences, which name things only, .9 takes 2 in 100 for another language; this one less than 1. */
    private static final double CONFIDENCE = 0.999;
    /** With less, what is read first tells more wrong languages than all of it does. */
    private static final double CERTAIN = 0.9999999;

    private static final Model LANGUAGES = Model.detectOnly(Set.of(
            "en", "de", "fr", "es", "it", "nl", "pt", "pl", "cs", "da", "sv", "no", "fi", "tr", "ro", "hu", "ru", "uk",
            "el", "hr", "ar"));
    /** A classifier is for one thread; what it has learned is shared. */
    private static final ThreadLocal<LangIdV3> CLASSIFIER = ThreadLocal.withInitial(() -> new LangIdV3(LANGUAGES));

    private MailLanguage() {}

    /** Language as ISO 639-1, empty if it cannot be told. */
    public static Optional<String> of(String subject, String body) {
        // A word that is said again and again is in no language.
        String text = RepetitionFilter.filter(
                part(subject, 0, READ_OF_SUBJECT) + " " + part(body, 0, READ_OF_BODY), READ_OF_BODY);
        int letters = 0;
        int capitals = 0;
        for (int i = 0; i < text.length(); i++) {
            letters += Character.isLetter(text.charAt(i)) ? 1 : 0;
            capitals += Character.isUpperCase(text.charAt(i)) ? 1 : 0;
        }
        if (letters < FEWEST_LETTERS) {
            return Optional.empty();
        }
        // Of a shouted mail the n-grams were never learned.
        String read = 2 * capitals > letters ? text.toLowerCase(Locale.ROOT) : text;
        int first = Math.min(subject.length(), READ_OF_SUBJECT) + 1 + READ_FIRST;
        LangIdV3 classifier = CLASSIFIER.get();
        classifier.reset();
        append(classifier, part(read, 0, first));
        var detected = classifier.classify(true);
        if (detected.getConfidence() < CERTAIN && read.length() > first) {
            append(classifier, part(read, first, read.length()));
            detected = classifier.classify(true);
        }
        return detected.getConfidence() >= CONFIDENCE ? Optional.of(detected.getLangCode()) : Optional.empty();
    }

    private static void append(LangIdV3 classifier, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        classifier.append(bytes, 0, bytes.length);
    }

    private static String part(String text, int from, int to) {
        return text.substring(from, Math.min(text.length(), to));
    }
}

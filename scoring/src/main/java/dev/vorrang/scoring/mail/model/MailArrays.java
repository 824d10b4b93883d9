package dev.vorrang.scoring.mail.model;

import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.RepetitionFilter;
import dev.vorrang.scoring.model.ModelArray;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A batch of mails as arrays: {@code subject} and {@code body}, both {@code string [batch]} in UTF-8. What a text repeats without
 * end is thinned first ({@link RepetitionFilter}); then it is cut at the model's limits, never inside a surrogate pair; a lone
 * surrogate becomes a question mark, a NUL a space.
 */
public final class MailArrays {

    public static final String SUBJECT = "subject";
    public static final String BODY = "body";

    private MailArrays() {}

    public static Map<String, ModelArray> of(List<MailText> mails, MailCard.Limits limits) {
        return Map.of(
                SUBJECT, texts(mails, MailText::subject, limits.subjectCharacters()),
                BODY, texts(mails, MailText::body, limits.bodyCharacters()));
    }

    private static ModelArray texts(List<MailText> mails, Function<MailText, String> text, int limit) {
        return new ModelArray.Texts(
                mails.stream().map(mail -> utf8(text.apply(mail), limit)).toArray(byte[][]::new));
    }

    static byte[] utf8(String whole, int limit) {
        String text = RepetitionFilter.filter(whole, limit);
        int end = Math.min(text.length(), limit);
        if (end < text.length() && end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        // Behind a NUL operations on strings see nothing.
        return text.substring(0, end).replace('\0', ' ').getBytes(StandardCharsets.UTF_8);
    }
}

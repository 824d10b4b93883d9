package dev.vorrang.scoring.mail.model;

import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.model.ModelCard;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.types.TString;

/**
 * A batch of mails as tensors: {@code subject} and {@code body}, both {@code string [batch]} in UTF-8. What a text repeats
 * without end is thinned first ({@link RepetitionFilter}); then it is cut at the model's limits, never inside a surrogate pair; a lone surrogate becomes a
 * question mark, a NUL a space. Whoever makes one closes it.
 */
public final class MailTensors implements MailFeed {

    public static final String SUBJECT = "subject";
    public static final String BODY = "body";

    private final TString subject;
    private final TString body;

    public MailTensors(List<MailText> mails, ModelCard.Limits limits) {
        subject = strings(mails.stream()
                .map(mail -> utf8(mail.subject(), limits.subjectCharacters()))
                .toArray(byte[][]::new));
        body = strings(mails.stream()
                .map(mail -> utf8(mail.body(), limits.bodyCharacters()))
                .toArray(byte[][]::new));
    }

    @Override
    public Map<String, Tensor> byName() {
        return Map.of(SUBJECT, subject, BODY, body);
    }

    public TString subject() {
        return subject;
    }

    public TString body() {
        return body;
    }

    @Override
    public void close() {
        subject.close();
        body.close();
    }

    private static TString strings(byte[][] texts) {
        return TString.tensorOfBytes(NdArrays.vectorOfObjects(texts));
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

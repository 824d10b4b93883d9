package dev.vorrang.scoring.mail.model;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.model.ModelRefusedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Mails to token ids, with a {@code tokenizer.json}. Subject and body are a pair, as in {@code [CLS] subject [SEP] body [SEP]}, if
 * the tokenizer puts a token of its own between the parts of a pair; otherwise, or if the card says so, they are one text with a
 * line break between them. What is longer than the model reads is cut from the end of the longer part.
 *
 * <p>Safe for use by several threads at once. It owns the native tokenizer, and whoever opened it closes it, after the last call
 * has returned.
 */
public final class MailTokenizer implements AutoCloseable {

    private final TokenizersLibrary library = TokenizerLibrary.get();
    private final MailCard.Limits limits;
    private final TokenizerFile file;
    private final long handle;
    private final boolean pair;

    /**
     * Token ids of a mail and, as long, the part that each belongs to: 0 for the subject or the only text, 1 for the body.
     */
    public record Tokens(long[] ids, long[] types) {}

    private MailTokenizer(Path path, TokenizerFile file, MailCard.Tokens tokens, MailCard.Limits limits) {
        this.limits = limits;
        this.file = file;
        this.handle = create(path, file);
        try {
            library.disablePadding(handle);
            library.disableTruncation(handle);
            int one = encode("").ids().length;
            int two = encode("", "").ids().length;
            pair = tokens.pair().orElse(two > one);
            int own = pair ? two : one;
            if (tokens.maxLength() <= own) {
                throw new ModelRefusedException("tokenizer " + path + " adds " + own
                        + " tokens to each mail, and field 'tokens.maxLength' of the card is " + tokens.maxLength()
                        + ", allowed: " + (own + 1) + " or more");
            }
            library.setTruncation(handle, tokens.maxLength(), "LONGEST_FIRST", 0);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** @throws ModelRefusedException if the file is missing, damaged, or not fit for the model */
    public static MailTokenizer open(Path path, MailCard.Tokens tokens, MailCard.Limits limits) {
        var file = TokenizerFile.read(path);
        if (file.largestId() >= tokens.vocabulary()) {
            throw new ModelRefusedException("tokenizer " + path + " gives ids up to " + file.largestId()
                    + ", and field 'tokens.vocabulary' of the card is " + tokens.vocabulary()
                    + ", so the largest allowed is " + (tokens.vocabulary() - 1));
        }
        return new MailTokenizer(path, file, tokens, limits);
    }

    /**
     * Never empty: a mail without any token, of a tokenizer that adds none, becomes one of padding, since a model cannot read
     * nothing.
     */
    public Tokens encode(MailText mail) {
        String subject = text(mail.subject(), limits.subjectCharacters());
        String body = text(mail.body(), limits.bodyCharacters());
        Tokens tokens = pair ? encode(subject, body) : encode(subject + "\n" + body);
        return tokens.ids().length > 0 ? tokens : new Tokens(new long[] {paddingId()}, new long[1]);
    }

    int paddingId() {
        return file.paddingId();
    }

    int largestId() {
        return file.largestId();
    }

    @Override
    public void close() {
        library.deleteTokenizer(handle);
    }

    private long create(Path path, TokenizerFile from) {
        try {
            return library.createTokenizerFromString(from.json());
        } catch (RuntimeException e) {
            throw new ModelRefusedException(
                    "tokenizer " + path + " is refused by the tokenizer library: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    private Tokens encode(String text) {
        return take(library.encode(handle, text, true));
    }

    private Tokens encode(String subject, String body) {
        return take(library.encodeDual(handle, subject, body, true));
    }

    private Tokens take(long encoding) {
        try {
            return new Tokens(library.getTokenIds(encoding), library.getTypeIds(encoding));
        } finally {
            library.deleteEncoding(encoding);
        }
    }

    /** A lone surrogate becomes a question mark, as it does in the tensors of other models. */
    private static String text(String text, int limit) {
        return new String(MailArrays.utf8(text, limit), StandardCharsets.UTF_8);
    }
}

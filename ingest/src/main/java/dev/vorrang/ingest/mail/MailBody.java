package dev.vorrang.ingest.mail;

import dev.vorrang.schemas.Attachment;
import dev.vorrang.schemas.TextOrigin;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;

/** Reads the text of a mail out of its parts, and measures its attachments. Of one decoding, for one thread. */
final class MailBody {
    /** How much more than the text limit is read, for history and signature to be parted from it. */
    private static final int WHOLE_PER_TEXT = 4;

    private static final int BYTES_PER_CHARACTER = 4;
    private static final int HTML_PER_TEXT = 4;
    private static final int BUFFER_BYTES = 16 * 1024;
    /** What file systems take as a name. */
    private static final int MAX_NAME = 255;
    /** Twice the longest name that RFC 6838 allows, and the slash. */
    private static final int MAX_TYPE = 255;
    /** Most bytes of all attachments in the record; 1,000 with names of 80 characters fit. */
    private static final int MAX_ATTACHMENT_BYTES = 192 * 1024;
    /** Digest, size and what parts them in the record. */
    private static final int FIXED_ATTACHMENT_BYTES = 80;

    private final byte[] bytes;
    private final Part root;
    private final Findings findings;
    private final int mostCharacters;
    private final List<Attachment> attachments = new ArrayList<>();
    private final List<Part> salvaged = new ArrayList<>();
    private TextOrigin origin = TextOrigin.NONE;
    private boolean cut;
    private int attachmentBytes;

    MailBody(byte[] bytes, Part root, DecoderLimits limits, Findings findings) {
        this.bytes = bytes;
        this.root = root;
        this.findings = findings;
        this.mostCharacters = (int) Math.min(Integer.MAX_VALUE / 64, (long) limits.textCharacters() * WHOLE_PER_TEXT);
    }

    /** The whole text, history and signature included; read the other results after it. */
    String read() {
        StringBuilder whole = new StringBuilder();
        append(root, whole);
        if (whole.isEmpty()) {
            salvaged.forEach(part -> appendDecoded(part, whole));
        }
        if (whole.length() > mostCharacters) {
            cut = true;
        }
        return CleanText.lines(CleanText.cut(whole.toString(), mostCharacters)).strip();
    }

    TextOrigin origin() {
        return origin;
    }

    List<Attachment> attachments() {
        return attachments;
    }

    /** Whether text was left out because it is too long. */
    boolean isCut() {
        return cut;
    }

    private void append(Part part, StringBuilder whole) {
        if (part.salvaged()) {
            salvaged.add(part);
        } else if (part.children().isEmpty()) {
            if (isBody(part)) {
                appendText(part, whole);
            } else if (!part.isMultipart()) {
                attach(part);
            }
        } else if (part.is("multipart/alternative")) {
            appendBestOf(part, whole);
        } else {
            part.children().forEach(child -> append(child, whole));
        }
    }

    /** Plain text if there is one with words in it, else HTML; other alternatives (calendars, AMP) are attachments. */
    private void appendBestOf(Part alternative, StringBuilder whole) {
        int before = whole.length();
        appendMatching(alternative, whole, part -> part.is("text/plain"));
        if (!CleanText.hasWords(whole.substring(before))) {
            whole.setLength(before);
            appendMatching(alternative, whole, part -> !part.is("text/plain"));
        } else {
            appendMatching(
                    alternative,
                    new StringBuilder(),
                    part -> !isBody(part) && part.children().isEmpty());
        }
    }

    private void appendMatching(Part alternative, StringBuilder whole, Predicate<Part> wanted) {
        alternative.children().stream().filter(wanted).forEach(child -> append(child, whole));
    }

    private boolean isBody(Part part) {
        boolean text = part.is("text/plain") || part.is("text/html") || part.is("text/enriched");
        return text
                && !part.disposition().value().equals("attachment")
                && (part == root || part.fileName().isEmpty());
    }

    /** Plain text, and HTML unless plain text came before it, which says the same then. */
    private void appendText(Part part, StringBuilder whole) {
        boolean html = part.is("text/html");
        if (html && origin == TextOrigin.PLAIN) {
            return;
        }
        if (appendDecoded(part, whole) && origin == TextOrigin.NONE) {
            origin = html ? TextOrigin.HTML : TextOrigin.PLAIN;
        }
    }

    /** Whether there were words in it. */
    private boolean appendDecoded(Part part, StringBuilder whole) {
        if (whole.length() > mostCharacters) {
            return false;
        }
        String text = part.is("text/html") ? html(part) : decoded(part, mostCharacters);
        if (!CleanText.hasWords(text)) {
            return false;
        }
        if (!whole.isEmpty() && whole.charAt(whole.length() - 1) != '\n') {
            whole.append('\n');
        }
        whole.append(text);
        return true;
    }

    private String html(Part part) {
        return HtmlText.of(decoded(part, mostCharacters * HTML_PER_TEXT), mostCharacters, findings);
    }

    private String decoded(Part part, int most) {
        String charset = part.type().parameter("charset").orElse("");
        if (!charset.isEmpty() && !Charsets.isKnown(charset)) {
            findings.damaged("unknown charset " + charset + ", read as UTF-8 or windows-1252");
        }
        TransferEncoding encoding = encoding(part);
        byte[] content;
        try {
            content = encoding.read(bytes, part.from(), part.to(), (int)
                    Math.min(Integer.MAX_VALUE - 8, (long) most * BYTES_PER_CHARACTER));
        } catch (IOException | RuntimeException e) {
            findings.damaged("text in broken " + encoding + " encoding, read as it is");
            content = Arrays.copyOfRange(bytes, part.from(), Math.min(part.to(), part.from() + most));
        }
        String text = Charsets.decode(content, charset);
        cut |= text.length() > most;
        return CleanText.cut(text, most);
    }

    private TransferEncoding encoding(Part part) {
        TransferEncoding encoding = part.encoding();
        if (encoding == TransferEncoding.UNKNOWN) {
            findings.damaged("unknown transfer encoding, content taken as it is: "
                    + part.headers().first("content-transfer-encoding").orElse(""));
        }
        return encoding;
    }

    private void attach(Part part) {
        String name = within(MAX_NAME, "name", part.fileName().orElse(null));
        String type = within(MAX_TYPE, "type", CleanText.oneLine(part.type().value()));
        attachmentBytes += CleanText.bytes(name) + CleanText.bytes(type) + FIXED_ATTACHMENT_BYTES;
        if (attachmentBytes > MAX_ATTACHMENT_BYTES) {
            findings.limit(
                    "attachments with more than " + MAX_ATTACHMENT_BYTES + " bytes of names, the rest was left out");
            return;
        }
        if (findings.outOfTime()) {
            return;
        }
        MessageDigest digest = MailId.sha256();
        long size = 0;
        try (InputStream in = new DigestInputStream(encoding(part).open(bytes, part.from(), part.to()), digest)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                size += read;
                if (findings.outOfTime()) {
                    return;
                }
            }
        } catch (IOException | RuntimeException e) {
            findings.damaged("attachment " + part.fileName().orElse("without a name")
                    + " in a broken encoding, measured as far as it goes");
        }
        attachments.add(new Attachment(name, type, size, HexFormat.of().formatHex(digest.digest())));
    }

    private String within(int most, String what, String text) {
        if (text == null || text.length() <= most) {
            return text;
        }
        findings.limit(what + " of an attachment longer than " + most + " characters: cut");
        return CleanText.cut(text, most);
    }
}

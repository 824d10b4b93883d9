package dev.vorrang.ingest.mail;

import java.io.IOException;
import java.util.Arrays;

/** Decodes the text of parts: transfer encoding, charset, markup. Of one decoding, for one thread. */
final class PartText {
    private static final int BYTES_PER_CHARACTER = 4;
    private static final int HTML_PER_TEXT = 4;

    private final byte[] bytes;
    private final int most;
    private final Findings findings;
    private boolean cut;
    private boolean image;

    /**
     * @param bytes what the parts are ranges of
     * @param most characters of a part
     */
    PartText(byte[] bytes, int most, Findings findings) {
        this.bytes = bytes;
        this.most = most;
        this.findings = findings;
    }

    /** Whether a part had more text than was decoded. */
    boolean isCut() {
        return cut;
    }

    /** Whether a part in HTML shows an image. */
    boolean hasImage() {
        return image;
    }

    String of(Part part) {
        return switch (part.type().value()) {
            case "text/html" -> html(part);
            case "text/enriched" -> EnrichedText.of(decoded(part, most * HTML_PER_TEXT));
            default -> decoded(part, most);
        };
    }

    private String html(Part part) {
        String html = decoded(part, most * HTML_PER_TEXT);
        image |= html.contains("<img") || html.contains("<IMG");
        return HtmlText.of(html, most, findings);
    }

    private String decoded(Part part, int characters) {
        String charset = part.type().parameter("charset").orElse("");
        if (!charset.isEmpty() && !Charsets.isKnown(charset)) {
            findings.damaged("unknown charset " + charset + ", read as UTF-8 or what its bytes look like");
        }
        String text = Charsets.decode(
                bytes(part, (int) Math.min(Integer.MAX_VALUE - 8, (long) characters * BYTES_PER_CHARACTER)), charset);
        cut |= text.length() > characters;
        return CleanText.cut(text, characters);
    }

    /** At most so many bytes of a part after its transfer encoding. */
    byte[] bytes(Part part, int mostBytes) {
        TransferEncoding encoding = encoding(part);
        try {
            return encoding.read(bytes, part.from(), part.to(), mostBytes);
        } catch (IOException | RuntimeException e) {
            findings.damaged("text in broken " + encoding + " encoding, read as it is");
            return Arrays.copyOfRange(bytes, part.from(), (int) Math.min(part.to(), (long) part.from() + mostBytes));
        }
    }

    TransferEncoding encoding(Part part) {
        TransferEncoding encoding = part.encoding();
        if (encoding == TransferEncoding.UNKNOWN) {
            findings.damaged("unknown transfer encoding, content taken as it is: "
                    + part.headers().first("content-transfer-encoding").orElse(""));
        }
        return encoding;
    }
}

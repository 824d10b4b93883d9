package dev.vorrang.ingest.mail;

import java.util.List;
import java.util.Optional;

/**
 * A part of a mail: where its content lies in the raw bytes, nothing copied.
 *
 * @param headers its own header fields
 * @param type Content-Type with the default filled in
 * @param from offset of its content
 * @param to offset behind its content
 * @param children the parts of a multipart, empty for a leaf
 * @param salvaged whether it is only a guess that this is text: a multipart without parts, or no header before it
 */
record Part(HeaderBlock headers, ContentHeader type, int from, int to, List<Part> children, boolean salvaged) {

    ContentHeader disposition() {
        return ContentHeader.parse(headers.first("content-disposition").orElse(""));
    }

    TransferEncoding encoding() {
        return TransferEncoding.named(headers.first("content-transfer-encoding").orElse(""));
    }

    /** File name as the sender gives it, in one line. */
    Optional<String> fileName() {
        return disposition()
                .parameter("filename")
                .or(() -> type.parameter("name"))
                .map(CleanText::oneLine)
                .filter(name -> !name.isEmpty());
    }

    /** The charset that its first text part names; empty if there is none. */
    String textCharset() {
        if (type.value().startsWith("text/")) {
            return type.parameter("charset").orElse("");
        }
        return children.stream()
                .map(Part::textCharset)
                .filter(charset -> !charset.isEmpty())
                .findFirst()
                .orElse("");
    }

    boolean isAttachment() {
        return disposition().value().equals("attachment");
    }

    boolean is(String mediaType) {
        return type.value().equals(mediaType);
    }

    boolean isMultipart() {
        return type.value().startsWith("multipart/");
    }
}

package dev.vorrang.ingest.mail;

import dev.vorrang.schemas.Attachment;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Measures attachments, after the text was read, so that they cannot take its time. Of one decoding, for one thread. */
final class Attachments {
    private static final int BUFFER_BYTES = 16 * 1024;
    /** What file systems take as a name. */
    private static final int MAX_NAME = 255;
    /** Twice the longest name that RFC 6838 allows, and the slash. */
    private static final int MAX_TYPE = 255;
    /** Most bytes of all attachments in the record; 1,000 with names of 80 characters fit. */
    private static final int MAX_BYTES = 192 * 1024;
    /** Digest, size and what parts them in the record. */
    private static final int FIXED_BYTES = 80;

    /** A part that is an attachment, and the bytes that it is a range of. */
    private record Found(Part part, byte[] bytes, PartText texts) {}

    private final Findings findings;
    private final List<Found> found = new ArrayList<>();

    Attachments(Findings findings) {
        this.findings = findings;
    }

    void add(Part part, byte[] bytes, PartText texts) {
        found.add(new Found(part, bytes, texts));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** The first few media types, for notes. */
    String types() {
        return String.join(
                ", ",
                found.stream()
                        .map(attachment -> attachment.part().type().value())
                        .distinct()
                        .limit(3)
                        .toList());
    }

    /** Name, type, size and digest of each, in the order of the mail. */
    List<Attachment> measured() {
        List<Attachment> attachments = new ArrayList<>();
        int bytes = 0;
        for (Found attachment : found) {
            String name = within(MAX_NAME, "name", attachment.part().fileName().orElse(null));
            String type = within(
                    MAX_TYPE, "type", CleanText.oneLine(attachment.part().type().value()));
            bytes += CleanText.bytes(name) + CleanText.bytes(type) + FIXED_BYTES;
            if (bytes > MAX_BYTES) {
                findings.limit("attachments with more than " + MAX_BYTES + " bytes of names, the rest was left out");
                break;
            }
            measure(attachment, name, type).ifPresent(attachments::add);
        }
        return attachments;
    }

    private Optional<Attachment> measure(Found attachment, String name, String type) {
        Part part = attachment.part();
        MessageDigest digest = MailId.sha256();
        long size = 0;
        try (InputStream in = new DigestInputStream(
                attachment.texts().encoding(part).open(attachment.bytes(), part.from(), part.to()), digest)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            int read = 0;
            while (read >= 0) {
                if (findings.outOfTime()) {
                    return Optional.empty();
                }
                size += read;
                read = in.read(buffer);
            }
        } catch (IOException | RuntimeException e) {
            findings.damaged("attachment " + part.fileName().orElse("without a name")
                    + " in a broken encoding, measured as far as it goes");
        }
        return Optional.of(new Attachment(name, type, size, HexFormat.of().formatHex(digest.digest())));
    }

    private String within(int most, String what, String text) {
        if (text == null || text.length() <= most) {
            return text;
        }
        findings.limit(what + " of an attachment longer than " + most + " characters: cut");
        return CleanText.cut(text, most);
    }
}

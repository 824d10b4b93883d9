package dev.vorrang.ingest.mail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the parts of a mail (RFC 2046) as ranges of its bytes. Angus' MimeMultipart copies every part and has no limits; a million
 * empty parts, or parts nested ten thousand deep, would exhaust heap or stack. Of one decoding, for one thread.
 */
final class MimeStructure {
    private static final ContentHeader TEXT = new ContentHeader("text/plain", Map.of());
    private static final ContentHeader UNKNOWN = new ContentHeader("application/octet-stream", Map.of());
    private static final ContentHeader MESSAGE = new ContentHeader("message/rfc822", Map.of());
    private static final int MAX_BOUNDARY = 1000;

    private final byte[] bytes;
    private final DecoderLimits limits;
    private final Findings findings;
    private int parts;

    MimeStructure(byte[] bytes, DecoderLimits limits, Findings findings) {
        this.bytes = bytes;
        this.limits = limits;
        this.findings = findings;
    }

    /** The mail as a tree of parts, as far as the limits allow. */
    Part read() {
        return part(0, bytes.length, TEXT, 0);
    }

    private Part part(int from, int to, ContentHeader defaultType, int depth) {
        HeaderBlock headers = HeaderBlock.read(bytes, from, to, limits.headerBytes());
        if (headers.isCut()) {
            findings.limit("headers of " + (headers.bodyStart() - from) + " bytes, allowed " + limits.headerBytes()
                    + " (a field 32,768): cut");
        }
        ContentHeader type = headers.first("content-type")
                .map(ContentHeader::parse)
                .map(found -> sound(found, depth == 0 ? TEXT : UNKNOWN))
                .orElse(defaultType);
        boolean salvaged = !headers.isTerminated() && depth == 0 && type.value().startsWith("text/");
        // A part, other than a mail, needs no fields: then its text may stand there without an empty line before it.
        int bodyStart = depth > 0 && headers.isEmpty() ? from : headers.bodyStart();
        Part leaf = new Part(headers, type, bodyStart, to, List.of(), salvaged);
        if (leaf.isMultipart()) {
            return multipart(leaf, depth);
        }
        if (leaf.is("message/rfc822") && leaf.encoding() == TransferEncoding.IDENTITY && mayDescend(depth)) {
            // Stays a leaf, the nested mail is an attachment; it is walked so that a bomb in it is reported.
            part(leaf.from(), to, TEXT, depth + 1);
        }
        return leaf;
    }

    /** A type without a slash is what it abbreviates; else a whole mail is text, as RFC 2045, section 5.2 has it, and a part is data. */
    private static ContentHeader sound(ContentHeader type, ContentHeader other) {
        if (type.value().indexOf('/') > 0) {
            return type;
        }
        return switch (type.value()) {
            case "", "text", "plain" -> new ContentHeader(TEXT.value(), type.parameters());
            case "html" -> new ContentHeader("text/html", type.parameters());
            default -> new ContentHeader(other.value(), type.parameters());
        };
    }

    private Part multipart(Part part, int depth) {
        if (!mayDescend(depth)) {
            return part;
        }
        Optional<byte[]> boundary = boundary(part);
        List<Part> children = boundary.isEmpty() ? List.of() : children(part, boundary.get(), depth);
        if (children.isEmpty() && !limitReached()) {
            findings.damaged("a " + part.type().value() + " without parts, taken for text");
            return new Part(part.headers(), TEXT, part.from(), part.to(), List.of(), true);
        }
        return new Part(part.headers(), part.type(), part.from(), part.to(), children, false);
    }

    private boolean mayDescend(int depth) {
        if (depth < limits.depth()) {
            return true;
        }
        findings.limit("parts nested deeper than " + limits.depth() + ", the rest was left out");
        return false;
    }

    private boolean limitReached() {
        return parts >= limits.parts();
    }

    /** The boundary parameter, or where it is missing or empty the first line that looks like one. */
    private Optional<byte[]> boundary(Part part) {
        Optional<String> named = part.type().parameter("boundary").map(String::stripTrailing);
        if (named.isPresent() && !named.get().isEmpty() && named.get().length() <= MAX_BOUNDARY) {
            return Optional.of(("--" + named.get()).getBytes(StandardCharsets.ISO_8859_1));
        }
        findings.damaged("a " + part.type().value() + " without a boundary");
        int at = part.from();
        while (at < part.to()) {
            int end = Lines.end(bytes, at, part.to());
            if (end > at) {
                boolean dashes = end - at >= 2 && bytes[at] == '-' && bytes[at + 1] == '-';
                return dashes && end - at <= MAX_BOUNDARY
                        ? Optional.of(Arrays.copyOfRange(bytes, at, end))
                        : Optional.empty();
            }
            at = Lines.next(bytes, end, part.to());
        }
        return Optional.empty();
    }

    private List<Part> children(Part parent, byte[] boundary, int depth) {
        ContentHeader childType = parent.is("multipart/digest") ? MESSAGE : TEXT;
        List<Part> children = new ArrayList<>();
        int to = parent.to();
        int start = -1;
        int at = parent.from();
        int previousEnd = at;
        while (at < to) {
            int end = Lines.end(bytes, at, to);
            Delimiter delimiter = delimiter(boundary, at, end);
            if (delimiter != Delimiter.NONE) {
                if (start >= 0 && !addChild(children, start, Math.max(start, previousEnd), childType, depth)) {
                    return children;
                }
                start = Lines.next(bytes, end, to);
                if (delimiter == Delimiter.CLOSE) {
                    return children;
                }
            }
            previousEnd = end;
            at = Lines.next(bytes, end, to);
        }
        if (start >= 0) {
            findings.damaged("a " + parent.type().value() + " without its end, cut off on the way perhaps");
            addChild(children, start, to, childType, depth);
        }
        return children;
    }

    private boolean addChild(List<Part> children, int from, int to, ContentHeader type, int depth) {
        if (limitReached()) {
            findings.limit("more than " + limits.parts() + " parts, the rest was left out");
            return false;
        }
        // The first part of each level is mostly the text, and is read whatever the time.
        if (!children.isEmpty() && findings.outOfTime()) {
            return false;
        }
        parts++;
        children.add(part(from, to, type, depth + 1));
        return true;
    }

    private enum Delimiter {
        NONE,
        NEXT,
        CLOSE
    }

    private Delimiter delimiter(byte[] boundary, int at, int end) {
        int rest = at + boundary.length;
        if (end < rest || !Arrays.equals(bytes, at, rest, boundary, 0, boundary.length)) {
            return Delimiter.NONE;
        }
        boolean close = end - rest >= 2 && bytes[rest] == '-' && bytes[rest + 1] == '-';
        for (int i = close ? rest + 2 : rest; i < end; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t') {
                return Delimiter.NONE;
            }
        }
        return close ? Delimiter.CLOSE : Delimiter.NEXT;
    }
}

package dev.vorrang.ingest.mail;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bytes to text in the charsets that mails name, rightly or wrongly. Names are read as browsers read them (WHATWG Encoding
 * Standard): gb2312 means its superset gb18030, and so on. Stateless, safe for any number of threads.
 */
final class Charsets {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    /** Wider charsets that senders mean by the narrow names. */
    private static final Map<String, String> WIDER = Map.ofEntries(
            Map.entry("gb2312", "gb18030"),
            Map.entry("gb_2312-80", "gb18030"),
            Map.entry("gbk", "gb18030"),
            Map.entry("x-gbk", "gb18030"),
            Map.entry("euc-kr", "x-windows-949"),
            Map.entry("ks_c_5601", "x-windows-949"),
            Map.entry("ks_c_5601-1987", "x-windows-949"),
            Map.entry("ks_c_5601-1989", "x-windows-949"),
            Map.entry("ksc5601", "x-windows-949"),
            Map.entry("shift_jis", "windows-31j"),
            Map.entry("shift-jis", "windows-31j"),
            Map.entry("x-sjis", "windows-31j"),
            Map.entry("iso-2022-jp", "x-windows-iso2022jp"),
            Map.entry("iso-8859-8-i", "iso-8859-8"),
            Map.entry("iso-8859-9", "windows-1254"),
            Map.entry("iso-8859-11", "x-windows-874"),
            Map.entry("tis-620", "x-windows-874"),
            Map.entry("macintosh", "x-macroman"),
            Map.entry("utf8", "utf-8"),
            Map.entry("utf-8mb4", "utf-8"));

    /** Looked up before: Java makes all its charset providers anew for every name that it does not know. */
    private static final Map<String, Optional<Charset>> FOUND = new ConcurrentHashMap<>();

    private static final int MAX_FOUND = 500;

    private Charsets() {}

    /** Whether the name means something here, that is, whether {@link #decode} can go by it. */
    static boolean isKnown(String name) {
        String cleaned = clean(name);
        return isUtf7(cleaned) || find(cleaned).isPresent();
    }

    /**
     * Decodes bytes, malformed ones to U+FFFD.
     *
     * @param name charset as the mail names it, or empty; where it is unknown, missing or ASCII, the bytes are read as UTF-8 if they
     *     are valid UTF-8, else as windows-1252
     */
    static String decode(byte[] bytes, String name) {
        String cleaned = clean(name);
        if (isUtf7(cleaned)) {
            return Utf7.decode(bytes);
        }
        Charset charset = find(cleaned).orElse(StandardCharsets.US_ASCII);
        if (charset.equals(StandardCharsets.US_ASCII)) {
            return guess(bytes);
        }
        if (charset.equals(StandardCharsets.ISO_8859_1)) {
            return latin1(bytes);
        }
        return new String(bytes, charset);
    }

    /** UTF-8 if the bytes are valid UTF-8 (or were, before they were cut), else windows-1252. */
    static String guess(byte[] bytes) {
        return utf8(bytes).orElseGet(() -> new String(bytes, WINDOWS_1252));
    }

    /**
     * Bytes 0x80 to 0x9F are controls in ISO 8859-1, and quotes and dashes in windows-1252, which is mostly meant; unless the text
     * is UTF-8 under a wrong name, where they are neither and the name is believed.
     */
    private static String latin1(byte[] bytes) {
        boolean controls = false;
        for (byte b : bytes) {
            controls |= (b & 0xE0) == 0x80;
        }
        return new String(bytes, controls && utf8(bytes).isEmpty() ? WINDOWS_1252 : StandardCharsets.ISO_8859_1);
    }

    private static Optional<String> utf8(byte[] bytes) {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        // Not the end of the input: a character that a limit cut in two is no error, unless it is all that is not
        // ASCII.
        boolean invalid = decoder.decode(in, out, false).isError();
        if (invalid || (in.hasRemaining() && out.position() == in.position())) {
            return Optional.empty();
        }
        return Optional.of(out.flip().toString());
    }

    private static Optional<Charset> find(String cleaned) {
        if (cleaned.isEmpty()) {
            return Optional.empty();
        }
        Optional<Charset> found = FOUND.get(cleaned);
        if (found == null) {
            found = lookUp(WIDER.getOrDefault(cleaned, cleaned));
            if (FOUND.size() < MAX_FOUND) {
                FOUND.put(cleaned, found);
            }
        }
        return found;
    }

    private static Optional<Charset> lookUp(String name) {
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }

    private static boolean isUtf7(String cleaned) {
        return cleaned.equals("utf-7") || cleaned.equals("unicode-1-1-utf-7");
    }

    /** Lower case, without quotes and the doubled prefix of {@code charset="charset=us-ascii"}. */
    private static String clean(String name) {
        String cleaned = name.strip().toLowerCase(Locale.ROOT).replaceAll("[\"'\\s]", "");
        return cleaned.startsWith("charset=") ? cleaned.substring("charset=".length()) : cleaned;
    }
}

package dev.vorrang.ingest.mail;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * Bytes to text in the charsets that mails name, rightly or wrongly. Names are read as browsers read them (WHATWG Encoding
 * Standard): gb2312 means its superset gb18030, and so on. Stateless, safe for any number of threads.
 */
final class Charsets {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final Charset WINDOWS_31J = Charset.forName("windows-31j");
    private static final Charset EUC_JP = Charset.forName("euc-jp");
    private static final Charset ISO_2022_JP = Charset.forName("x-windows-iso2022jp");
    /** What is left of text that went through a wrong charset twice. Where it is half of what is not ASCII, the name is believed. */
    private static final String MANGLED = "ÂÃÆ";

    private static final int MAX_DETECTED = 8 * 1024;

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
    private static final Map<Charset, Boolean> SINGLE_BYTE = new ConcurrentHashMap<>();

    private Charsets() {}

    /** Whether the name means something here, that is, whether {@link #decode} can go by it. */
    static boolean isKnown(String name) {
        String cleaned = clean(name);
        return isUtf7(cleaned) || find(cleaned).isPresent();
    }

    /**
     * Decodes bytes, malformed ones to U+FFFD. The name is believed unless the bytes say otherwise: bytes that are valid UTF-8 are
     * no Latin text, escape sequences of ISO 2022 are no ASCII, and bytes that are hardly ever valid are not of the charset named.
     *
     * @param name charset as the mail names it, or empty; where it is unknown, missing or ASCII, the bytes are {@linkplain
     *     #guess(byte[], String) guessed}
     */
    static String decode(byte[] bytes, String name) {
        String cleaned = clean(name);
        if (isUtf7(cleaned)) {
            return Utf7.decode(bytes);
        }
        Charset charset = find(cleaned).orElse(StandardCharsets.US_ASCII);
        if (!ByteShape.hasHighBytes(bytes)) {
            return sevenBit(bytes, charset);
        }
        if (charset.equals(StandardCharsets.US_ASCII)) {
            return guess(bytes, "");
        }
        if (charset.equals(StandardCharsets.UTF_8)) {
            return mostlyUtf8(bytes).orElseGet(() -> other(bytes));
        }
        return named(bytes, charset);
    }

    /**
     * UTF-8 if the bytes are mostly valid UTF-8, else the charset that is likely.
     *
     * @param likely charset of what is near, such as the text under a header; may be empty
     */
    static String guess(byte[] bytes, String likely) {
        if (!ByteShape.hasHighBytes(bytes)) {
            return sevenBit(bytes, StandardCharsets.US_ASCII);
        }
        Optional<String> utf8 = mostlyUtf8(bytes);
        if (utf8.isPresent()) {
            return utf8.get();
        }
        return find(clean(likely))
                .filter(charset ->
                        !charset.equals(StandardCharsets.UTF_8) && !charset.equals(StandardCharsets.US_ASCII))
                .map(charset -> named(bytes, charset))
                .orElseGet(() -> other(bytes));
    }

    /** Without a byte above 0x7F: as named, but escape sequences of ISO 2022 count under any name of eight bits a character. */
    private static String sevenBit(byte[] bytes, Charset charset) {
        if (ByteShape.isIso2022Jp(bytes) && !charset.name().contains("2022")) {
            return new String(bytes, ISO_2022_JP);
        }
        return new String(bytes, isWide(charset) && !ByteShape.hasZeros(bytes) ? StandardCharsets.UTF_8 : charset);
    }

    private static boolean isWide(Charset charset) {
        return charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32");
    }

    private static String named(byte[] bytes, Charset charset) {
        boolean narrow = isSingleByte(charset) || (isWide(charset) && !ByteShape.hasZeros(bytes));
        if (ByteShape.isUtf8(bytes) && (narrow || ByteShape.wideCharacters(bytes) >= 2)) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            return isMangled(text) ? new String(bytes, charset) : withoutMark(text);
        }
        if (charset.equals(ISO_2022_JP)) {
            // All its bytes are below 0x80: these are another of Japan's charsets.
            return strictly(bytes, WINDOWS_31J)
                    .or(() -> strictly(bytes, EUC_JP))
                    .orElseGet(() -> new String(bytes, charset));
        }
        if (charset.equals(StandardCharsets.ISO_8859_1) || charset.equals(WINDOWS_1252)) {
            return other(bytes);
        }
        return withoutMark(new String(bytes, charset));
    }

    /** Neither UTF-8 nor named rightly: another script where most letters are above 0x7F, else western. */
    private static String other(byte[] bytes) {
        if (ByteShape.isDense(bytes)) {
            Optional<String> detected = Optional.ofNullable(detected(bytes))
                    .flatMap(Charsets::find)
                    .flatMap(charset -> strictly(bytes, charset));
            if (detected.isPresent()) {
                return detected.get();
            }
        }
        // Bytes 0x80 to 0x9F are controls in ISO 8859-1, and quotes and dashes in windows-1252, which is meant.
        return new String(bytes, WINDOWS_1252);
    }

    private static String detected(byte[] bytes) {
        UniversalDetector detector = new UniversalDetector();
        detector.handleData(bytes, 0, Math.min(bytes.length, MAX_DETECTED));
        detector.dataEnd();
        String name = detector.getDetectedCharset();
        return name == null ? null : clean(name);
    }

    /** UTF-8 with U+FFFD for what is malformed, if there are at least as many characters above U+007F as malformed places. */
    private static Optional<String> mostlyUtf8(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int bad = 0;
        int good = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\uFFFD') {
                bad++;
            } else if (c > 0x7F && !Character.isLowSurrogate(c)) {
                good++;
            }
        }
        return good > 0 && good >= bad ? Optional.of(withoutMark(text)) : Optional.empty();
    }

    private static Optional<String> strictly(byte[] bytes, Charset charset) {
        try {
            return Optional.of(
                    charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isSingleByte(Charset charset) {
        return SINGLE_BYTE.computeIfAbsent(
                charset, some -> some.canEncode() && some.newEncoder().maxBytesPerChar() <= 1);
    }

    private static boolean isMangled(String text) {
        long high = text.chars().filter(c -> c > 0x7F).count();
        return text.chars().filter(c -> MANGLED.indexOf(c) >= 0).count() * 2 >= high;
    }

    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
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

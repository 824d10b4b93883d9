package dev.vorrang.ingest.csv;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Says what a file is that is no text in UTF-8, where that shows, and how to make it one. */
final class CsvEncoding {

    /** As much of a line as is looked at, and as much after it. */
    private static final int ENOUGH = 64 * 1024;

    /** A longer line is looked at in parts. */
    private static final int MAX_LINE = 16 * 1024 * 1024;

    /** Bytes around the one that is wrong which are shown with it. */
    private static final int AROUND = 20;

    /** Letters that tell encodings apart; those of German and French words count more. */
    private static final String COMMON = "äöüßéèàç";

    private static final String LESS_COMMON = "ÄÖÜÉÈÀÇâêîôûëïùœñáíóúåæøõãòìÅÆØŒ€’‘“”„–—…«»°§´\u00a0";

    private CsvEncoding() {}

    private enum Known {
        WINDOWS_1252("windows-1252", "WINDOWS-1252"),
        DOS_850("IBM850", "CP850"),
        MACINTOSH("x-MacRoman", "MACINTOSH");

        private final String javaName;
        private final String iconvName;

        Known(String javaName, String iconvName) {
            this.javaName = javaName;
            this.iconvName = iconvName;
        }

        String decode(byte[] bytes) {
            return new String(bytes, Charset.forName(javaName));
        }

        int likelihood(byte[] bytes) {
            return decode(bytes)
                    .chars()
                    .map(letter -> COMMON.indexOf(letter) >= 0 ? 3 : LESS_COMMON.indexOf(letter) >= 0 ? 1 : 0)
                    .sum();
        }

        static Optional<Known> likeliest(byte[] bytes) {
            Optional<Known> best = Optional.empty();
            int most = 0;
            for (Known encoding : values()) {
                if (Charset.isSupported(encoding.javaName) && encoding.likelihood(bytes) > most) {
                    most = encoding.likelihood(bytes);
                    best = Optional.of(encoding);
                }
            }
            return best;
        }
    }

    /** @throws CsvFileException if the first bytes of a file are those of no text, or not of UTF-8 */
    static void check(Path file, byte[] start) throws CsvFileException {
        if (startsWith(start, 0xff, 0xfe) || startsWith(start, 0xfe, 0xff)) {
            throw new CsvFileException("CSV file " + file + " is not UTF-8 but UTF-16" + convert(file, "UTF-16", ""));
        }
        if (startsWith(start, 'P', 'K', 3, 4) || startsWith(start, 0xd0, 0xcf, 0x11, 0xe0)) {
            throw new CsvFileException("CSV file " + file
                    + " is not UTF-8 but an Excel workbook or an archive; in Excel " + "save it as 'CSV UTF-8'");
        }
        int evenZeros = zeros(start, 0);
        int oddZeros = zeros(start, 1);
        if (evenZeros + oddZeros > start.length / 4 && (evenZeros == 0 || oddZeros == 0)) {
            String encoding = evenZeros == 0 ? "UTF-16LE" : "UTF-16BE";
            throw new CsvFileException(
                    "CSV file " + file + " is not UTF-8, it looks like " + encoding + convert(file, encoding, ""));
        }
        if (evenZeros + oddZeros > 0) {
            throw new CsvFileException("CSV file " + file + " is not UTF-8: it has zero bytes, as no text has");
        }
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        for (int i = 0; i < start.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xff) != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static int zeros(byte[] bytes, int from) {
        int zeros = 0;
        for (int i = from; i < bytes.length; i += 2) {
            zeros += bytes[i] == 0 ? 1 : 0;
        }
        return zeros;
    }

    /** Where a file is not UTF-8, what it may be, and how to convert it: a message in one line. */
    static String describe(Path file) {
        String message = "CSV file " + file + " is not UTF-8";
        try (InputStream bytes = CsvText.unpacked(file)) {
            boolean beyondAscii = false;
            byte[] text = line(bytes);
            for (long line = 1; text.length > 0; line++) {
                int wrong = firstWrong(text);
                if (wrong >= 0) {
                    String place = String.format(": line %d has the byte 0x%02X", line, text[wrong]);
                    return message + place + (beyondAscii ? mixed(file) : whole(file, text, wrong, bytes));
                }
                beyondAscii |= isBeyondAscii(text);
                text = line(bytes);
            }
            return message;
        } catch (IOException e) {
            // The file was read so far a moment ago; what is known of it is said all the same.
            return message;
        }
    }

    private static String mixed(Path file) {
        return ", but lines before it are UTF-8: encodings are mixed. Mend that line, or drop such bytes"
                + convert(file, "UTF-8", " -c");
    }

    private static String whole(Path file, byte[] line, int wrong, InputStream after) throws IOException {
        var evidence = new ByteArrayOutputStream();
        evidence.writeBytes(line);
        evidence.writeBytes(after.readNBytes(ENOUGH));
        Optional<Known> likeliest = Known.likeliest(evidence.toByteArray());
        if (likeliest.isEmpty()) {
            return ", and it looks like no encoding known here; export it as UTF-8";
        }
        byte[] around = Arrays.copyOfRange(line, Math.max(0, wrong - AROUND), Math.min(line.length, wrong + AROUND));
        String shown =
                likeliest.get().decode(around).replaceAll("\\p{Cntrl}", " ").strip();
        return ". It looks like " + likeliest.get().iconvName + ", in which that place reads '" + shown + "'"
                + convert(file, likeliest.get().iconvName, "");
    }

    private static String convert(Path file, String encoding, String option) {
        String from = quoted(file.toString());
        String to = quoted(file.toString().replaceFirst("(\\.(csv|tsv|txt))?(\\.gz)?$", "") + "-utf8.csv");
        return file.toString().endsWith(".gz")
                ? ". Convert it with: gunzip -c %s | iconv%s -f %s -t UTF-8 > %s".formatted(from, option, encoding, to)
                : ". Convert it with: iconv%s -f %s -t UTF-8 %s > %s".formatted(option, encoding, from, to);
    }

    private static String quoted(String path) {
        return path.matches("[\\w./+:,@%-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }

    /** A line with its end, which may be CR, LF or both; empty at the end of the file. */
    private static byte[] line(InputStream bytes) throws IOException {
        var line = new ByteArrayOutputStream();
        while (line.size() < MAX_LINE) {
            int next = bytes.read();
            if (next < 0) {
                break;
            }
            line.write(next);
            if (next == '\n') {
                break;
            }
            if (next == '\r') {
                bytes.mark(1);
                if (bytes.read() != '\n') {
                    bytes.reset();
                }
                break;
            }
        }
        return line.toByteArray();
    }

    /** Place of the first byte that is not UTF-8; -1 for none. */
    private static int firstWrong(byte[] text) {
        var in = ByteBuffer.wrap(text);
        boolean wrong = StandardCharsets.UTF_8
                .newDecoder()
                .decode(in, CharBuffer.allocate(text.length), true)
                .isError();
        return wrong ? in.position() : -1;
    }

    private static boolean isBeyondAscii(byte[] text) {
        for (byte each : text) {
            if (each < 0) {
                return true;
            }
        }
        return false;
    }
}

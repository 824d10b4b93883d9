package dev.vorrang.ingest.file;

/**
 * How far a file was read.
 *
 * @param bytes of its content, unpacked, that were read
 * @param lines that were read
 * @param fingerprint SHA-256 of the first of these bytes, {@link #HEAD} at most, in hex: another file under the same name has
 *     another
 */
public record FilePosition(long bytes, long lines, String fingerprint) {

    /** Bytes that tell a file from another. */
    public static final int HEAD = 4_096;

    static final FilePosition START = new FilePosition(0, 0, "");

    public FilePosition {
        if (bytes < 0 || lines < 0) {
            throw new IllegalArgumentException("position " + bytes + " in line " + lines + ": allowed is 0 or more");
        }
    }
}

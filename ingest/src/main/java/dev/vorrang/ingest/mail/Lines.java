package dev.vorrang.ingest.mail;

/**
 * Lines of raw mail. A line ends in LF, CRLF, CRCRLF (a gateway's double conversion) or a bare CR, as Angus has it; a search looks
 * two bytes ahead at most, so that a run of CRs costs no more than other bytes.
 */
final class Lines {
    private Lines() {}

    /** Offset of the line end at or after {@code at}, or {@code to}. */
    static int end(byte[] bytes, int at, int to) {
        int i = at;
        while (i < to && bytes[i] != '\n' && bytes[i] != '\r') {
            i++;
        }
        return i;
    }

    /** Offset of the line after the line end at {@code end}, or {@code to}. */
    static int next(byte[] bytes, int end, int to) {
        if (end >= to) {
            return to;
        }
        if (bytes[end] == '\r') {
            if (end + 1 < to && bytes[end + 1] == '\n') {
                return end + 2;
            }
            if (end + 2 < to && bytes[end + 1] == '\r' && bytes[end + 2] == '\n') {
                return end + 3;
            }
        }
        return end + 1;
    }
}

package dev.vorrang.ingest.imap;

/** Writes UIDs as a sequence set (RFC 3501, 9): runs as {@code first:last}, joined by commas. */
final class UidSet {

    private UidSet() {}

    /** @param uids ascending, at least one */
    static String of(long[] uids) {
        var text = new StringBuilder();
        for (int i = 0; i < uids.length; i++) {
            int last = i;
            while (last + 1 < uids.length && uids[last + 1] == uids[last] + 1) {
                last++;
            }
            text.append(text.isEmpty() ? "" : ",").append(uids[i]);
            if (last > i) {
                text.append(':').append(uids[last]);
            }
            i = last;
        }
        return text.toString();
    }
}

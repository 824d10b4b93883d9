package dev.vorrang.ingest.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** RTF as Outlook compresses it ([MS-OXRTFCP]): LZ77 over a ring of 4,096 bytes. */
final class CompressedRtf {
    private static final int RING = 4096;
    private static final int HEADER = 16;
    private static final int UNCOMPRESSED = 0x414C454D;
    private static final byte[] START =
            ("{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
                            + "\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
                            + "\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx")
                    .getBytes(StandardCharsets.US_ASCII);

    private CompressedRtf() {}

    /** At most so many bytes of RTF; what a damaged input gives until it ends. */
    static byte[] inflate(byte[] in, int most) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (in.length < HEADER) {
            return out.toByteArray();
        }
        int type = in[8] & 0xFF | (in[9] & 0xFF) << 8 | (in[10] & 0xFF) << 16 | (in[11] & 0xFF) << 24;
        if (type == UNCOMPRESSED) {
            out.write(in, HEADER, Math.min(most, in.length - HEADER));
            return out.toByteArray();
        }
        byte[] ring = new byte[RING];
        System.arraycopy(START, 0, ring, 0, START.length);
        int write = START.length;
        int at = HEADER;
        while (at < in.length && out.size() < most) {
            int control = in[at++] & 0xFF;
            for (int bit = 0; bit < 8 && at < in.length; bit++) {
                if ((control >> bit & 1) == 0) {
                    ring[write] = in[at];
                    out.write(in[at++]);
                    write = (write + 1) % RING;
                } else {
                    if (at + 1 >= in.length) {
                        return out.toByteArray();
                    }
                    int offset = (in[at] & 0xFF) << 4 | (in[at + 1] & 0xFF) >> 4;
                    int length = (in[at + 1] & 0x0F) + 2;
                    at += 2;
                    if (offset == write) {
                        return out.toByteArray();
                    }
                    for (int i = 0; i < length; i++) {
                        byte b = ring[(offset + i) % RING];
                        ring[write] = b;
                        out.write(b);
                        write = (write + 1) % RING;
                    }
                }
            }
        }
        return out.toByteArray();
    }
}

package dev.vorrang.ingest.mail;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The text in a winmail.dat (Transport Neutral Encapsulation Format, [MS-OXTNEF]), which Outlook sends to those it takes for its like.
 * The one maintained library on Maven Central, JTNEF, is under the GPL; Apache POI's HMEF is large. This reads three attributes
 * and three properties, and nothing beyond the bytes that are there, whatever lengths they announce.
 */
final class Tnef {
    private static final int SIGNATURE = 0x223E9F78;
    private static final int BODY = 0x0002800C;
    private static final int CODE_PAGE = 0x00069007;
    private static final int MAPI_PROPERTIES = 0x00069003;
    private static final int PR_BODY = 0x1000;
    private static final int PR_HTML = 0x1013;
    private static final int PR_RTF = 0x1009;
    private static final int STRING_8 = 0x1E;
    private static final int UNICODE = 0x1F;
    private static final int BINARY = 0x102;
    private static final int MAX_PROPERTIES = 2_000;
    private static final int MAX_RTF = 4 * 1024 * 1024;

    private final ByteBuffer in;
    private final int most;
    private final Findings findings;
    private String charset = "windows-1252";
    private byte[] body = {};
    private String plain = "";
    private String html = "";
    private String rtf = "";

    private Tnef(byte[] bytes, int most, Findings findings) {
        this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        this.most = most;
        this.findings = findings;
    }

    /** The text, as far as it can be read; empty if there is none. */
    static String text(byte[] bytes, int most, Findings findings) {
        Tnef tnef = new Tnef(bytes, most, findings);
        try {
            tnef.read();
        } catch (RuntimeException e) {
            findings.damaged("winmail.dat (TNEF) is damaged: " + e);
        }
        return CleanText.cut(tnef.best(), most);
    }

    private void read() {
        if (in.remaining() < 6 || in.getInt() != SIGNATURE) {
            findings.damaged("winmail.dat is no TNEF");
            return;
        }
        in.getShort();
        while (in.remaining() >= 11) {
            in.get();
            int id = in.getInt();
            byte[] data = take(in.getInt());
            in.position(Math.min(in.limit(), in.position() + 2));
            if (id == BODY) {
                body = data;
            } else if (id == CODE_PAGE && data.length >= 4) {
                charset = codePage(
                        ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getInt());
            } else if (id == MAPI_PROPERTIES) {
                new Properties(data).read();
            }
        }
    }

    private String best() {
        if (!plain.isBlank()) {
            return plain;
        }
        String text = Charsets.decode(untilZero(body), charset);
        if (!text.isBlank()) {
            return text;
        }
        return html.isBlank() ? rtf : HtmlText.of(html, most, findings);
    }

    private byte[] take(int length) {
        byte[] data = new byte[Math.max(0, Math.min(length, in.remaining()))];
        in.get(data);
        return data;
    }

    private static byte[] untilZero(byte[] text) {
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return Arrays.copyOf(text, end);
    }

    private static String codePage(int number) {
        return switch (number) {
            case 65001 -> "utf-8";
            case 932 -> "windows-31j";
            case 936, 54936 -> "gb18030";
            case 949 -> "x-windows-949";
            case 950 -> "big5";
            case 20866 -> "koi8-r";
            case 28591, 20127, 0 -> "windows-1252";
            default -> number > 28591 && number < 28606 ? "iso-8859-" + (number - 28590) : "windows-" + number;
        };
    }

    /** The properties of [MS-OXTNEF], section 2.1.3.4, of which only the three that hold text are kept. */
    private final class Properties {
        private final ByteBuffer in;

        Properties(byte[] data) {
            this.in = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        }

        void read() {
            int count = Math.min(in.getInt(), MAX_PROPERTIES);
            for (int i = 0; i < count; i++) {
                property();
            }
        }

        private void property() {
            int type = in.getShort() & 0xFFFF;
            int id = in.getShort() & 0xFFFF;
            if (id >= 0x8000) {
                skipName();
            }
            int kind = type & 0xFFF;
            boolean many = (type & 0x1000) != 0;
            boolean sized = kind == STRING_8 || kind == UNICODE || kind == BINARY || kind == 0xD;
            int values = many || sized ? in.getInt() : 1;
            for (int i = 0; i < Math.min(values, MAX_PROPERTIES); i++) {
                int length = sized ? in.getInt() : fixed(kind);
                if (length < 0 || length > in.remaining()) {
                    throw new IllegalArgumentException(
                            "a property of " + length + " bytes, " + in.remaining() + " are left");
                }
                byte[] value = new byte[sized && isText(id) ? length : 0];
                in.get(value);
                skip(length - value.length + (4 - length % 4) % 4);
                keep(id, kind, value);
            }
        }

        private boolean isText(int id) {
            return id == PR_BODY || id == PR_HTML || id == PR_RTF;
        }

        private void keep(int id, int kind, byte[] value) {
            String name = kind == UNICODE ? "utf-16le" : charset;
            if (id == PR_BODY) {
                plain = withoutZeros(Charsets.decode(value, name));
            } else if (id == PR_HTML) {
                html = withoutZeros(Charsets.decode(value, name));
            } else if (id == PR_RTF) {
                rtf = RtfText.of(CompressedRtf.inflate(value, MAX_RTF), findings);
            }
        }

        private void skipName() {
            skip(16);
            if (in.getInt() == 0) {
                skip(4);
            } else {
                int length = in.getInt();
                skip(length + (4 - length % 4) % 4);
            }
        }

        private void skip(int bytes) {
            in.position(Math.min(in.limit(), in.position() + Math.max(0, bytes)));
        }

        private static int fixed(int kind) {
            return switch (kind) {
                case 0x5, 0x6, 0x7, 0x14, 0x40 -> 8;
                case 0x48 -> 16;
                default -> 4;
            };
        }

        private static String withoutZeros(String text) {
            int zero = text.indexOf('\0');
            return zero < 0 ? text : text.substring(0, zero);
        }
    }
}

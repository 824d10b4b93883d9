package dev.vorrang.ingest.reading;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Payloads as text: UTF-8 and nothing else, a byte order mark allowed. */
final class Text {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Text() {}

    static String of(byte[] payload, int longest) throws BadPayloadException {
        if (payload.length > longest) {
            throw new BadPayloadException("payload of " + payload.length + " bytes: allowed are " + longest);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
            return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new BadPayloadException("payload: is not UTF-8");
        }
    }
}

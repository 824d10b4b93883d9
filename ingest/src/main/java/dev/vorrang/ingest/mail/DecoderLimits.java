package dev.vorrang.ingest.mail;

import java.time.Duration;

/**
 * How much of a mail {@link MailDecoder} reads. A mail beyond a limit still gives a record, with {@code parseStatus} LIMIT and a
 * note that names the limit.
 *
 * <p>Addresses, names and what else there is many of have fixed limits, so that a record in Avro has at most 9 bytes for each of
 * {@code textCharacters} (three texts, of three bytes in UTF-8 a UTF-16 unit) and 361,000 more: less than 950,000 by default, which
 * a Kafka producer takes with its default max.request.size of 1 MiB.
 *
 * @param depth most levels of nested parts, at least 1
 * @param parts most parts (leaves and multiparts) of a mail, at least 1
 * @param headerBytes most bytes of a header block that are kept, at least 1,024
 * @param textCharacters most UTF-16 units of each of text, quoted text and signature, at least 1
 * @param time most CPU time of the decoding thread for one mail, checked between steps; positive. Waiting for a processor does not
 *     count, so that a busy machine cuts no mail short
 */
public record DecoderLimits(int depth, int parts, int headerBytes, int textCharacters, Duration time) {

    /** @throws IllegalArgumentException if a limit is out of its range; the message names it */
    public DecoderLimits {
        atLeast("depth", depth, 1);
        atLeast("parts", parts, 1);
        atLeast("headerBytes", headerBytes, 1024);
        atLeast("textCharacters", textCharacters, 1);
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("time is " + time + ", allowed: more than zero");
        }
    }

    /** Depth 50, 1,000 parts, 256 KiB of headers, 65,536 characters of text, 2 s of CPU time. */
    public static DecoderLimits defaults() {
        return new DecoderLimits(50, 1_000, 256 * 1024, 64 * 1024, Duration.ofSeconds(2));
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ", allowed: at least " + least);
        }
    }
}

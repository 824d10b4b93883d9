package dev.vorrang.ingest.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.EmailMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever the bytes, decoding gives a sound record; {@link Records#decode} checks that it survives Avro. */
class MailDecoderPropertyTest {
    private static final List<String> FIXTURES = List.of(
            "attachments.eml",
            "bounce.eml",
            "forward-apple.eml",
            "newsletter-hidden.eml",
            "reply-gmail-english.eml",
            "reply-outlook-german.eml");

    /** What mails are made of, so that random ones get further than their first line. */
    private static final List<String> PIECES = List.of(
            "From: ",
            "To: ",
            "Subject: ",
            "Date: ",
            "References: ",
            "Content-Type: ",
            "Content-Disposition: ",
            "Content-Transfer-Encoding: ",
            "multipart/mixed; boundary=b",
            "multipart/alternative; boundary=\"b\"",
            "message/rfc822",
            "text/plain; charset=",
            "text/html; charset=",
            "utf-8",
            "utf-7",
            "utf-16",
            "iso-2022-jp",
            "base64",
            "quoted-printable",
            "x-uuencode",
            "begin 644 x\n",
            "attachment; filename*0*=utf-8''%",
            "--b",
            "--b--",
            "=?utf-8?B?w7w=?=",
            "=?utf-8?Q?=D8=00?=",
            "=?",
            "?=",
            "<a@b>",
            "\"",
            "(",
            ")",
            "<",
            ">",
            "@",
            ":",
            ";",
            ",",
            "\r\n",
            "\r\n\r\n",
            "\n",
            "\r",
            " ",
            "\0",
            "\u001b$B",
            "<p style='display:none'>",
            "<blockquote>",
            "</p>",
            "> ",
            "-- \r\n",
            "On Monday, Anna wrote:",
            "\u00ff\u00fe",
            "\u00ed\u00a0\u0080",
            "xn--",
            "1 Jan 2025 00:00:00 +0000",
            "words ");

    @Property(tries = 1000)
    void shouldDecodeRandomBytes(@ForAll byte[] bytes) {
        check(bytes);
    }

    @Property(tries = 2000)
    void shouldDecodeRandomMails(@ForAll("mails") byte[] bytes) {
        check(bytes);
    }

    @Property(tries = 2000)
    void shouldDecodeMutatedMails(@ForAll("mutants") byte[] bytes) {
        check(bytes);
    }

    @Provide
    Arbitrary<byte[]> mails() {
        return Arbitraries.of(PIECES).list().ofMaxSize(80).map(pieces -> latin1(String.join("", pieces)));
    }

    /** Fixtures with bytes overwritten, a piece inserted, and the end cut off. */
    @Provide
    Arbitrary<byte[]> mutants() {
        Arbitrary<List<Tuple.Tuple2<Integer, Byte>>> edits = Combinators.combine(
                        Arbitraries.integers().between(0, 2000), Arbitraries.bytes())
                .as(Tuple::of)
                .list()
                .ofMaxSize(10);
        return Combinators.combine(
                        Arbitraries.of(FIXTURES),
                        edits,
                        Arbitraries.of(PIECES),
                        Arbitraries.integers().between(0, 2500))
                .as(MailDecoderPropertyTest::mutant);
    }

    private static byte[] mutant(String fixture, List<Tuple.Tuple2<Integer, Byte>> edits, String piece, int end) {
        byte[] bytes = fixture(fixture);
        edits.forEach(edit -> bytes[edit.get1() % bytes.length] = edit.get2());
        int at = end % bytes.length;
        byte[] inserted = latin1(piece);
        byte[] mutant = Arrays.copyOf(bytes, Math.max(end, at) + inserted.length);
        System.arraycopy(inserted, 0, mutant, at, inserted.length);
        return mutant;
    }

    private static void check(byte[] bytes) {
        byte[] before = bytes.clone();
        EmailMessage record = Records.decode(Records.raw(bytes));
        assertThat(record.getSize()).isEqualTo(bytes.length);
        assertThat(record.getParseNotes()).noneMatch(note -> note.startsWith("decoding stopped"));
        assertThat(bytes).isEqualTo(before);
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] fixture(String name) {
        try (InputStream in = MailDecoderPropertyTest.class.getResourceAsStream("/mails/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.vorrang.ingest.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.ParseStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Content in wrappings: what can be read is read, and what cannot does not pass as OK. */
class WrappedContentTest {
    private static final String SENTENCE = "Die Kühlung ist ausgefallen.";
    private static final String INNER = "Content-Type: text/plain; charset=utf-8\r\n\r\n" + SENTENCE;
    private static final String MAIL = "Subject: Rauch\r\n" + INNER;

    @ParameterizedTest
    @CsvSource({
        "application/pkcs7-mime, a.bin",
        "application/x-pkcs7-mime, smime.p7m",
        "application/octet-stream, smime.p7m"
    })
    void shouldReadSignedContent(String type, String name) throws CMSException, IOException {
        EmailMessage mail = leaf(type + "; name=" + name, signed(INNER));
        assertThat(mail.getText()).isEqualTo(SENTENCE);
        assertThat(mail.getParseStatus()).isEqualTo(ParseStatus.OK);
    }

    @Test
    void shouldReadTheAttachmentsOfSignedContent() throws CMSException, IOException {
        String inner = "Content-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\n" + INNER
                + "\r\n--i\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\nPDF\r\n--i--\r\n";
        EmailMessage mail = leaf("application/pkcs7-mime", signed(inner));
        assertThat(mail.getText()).isEqualTo(SENTENCE);
        assertThat(mail.getAttachments()).singleElement().satisfies(pdf -> {
            assertThat(pdf.getName()).isEqualTo("a.pdf");
            assertThat(pdf.getSize()).isEqualTo(3);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "30800609 2A864886F70D010703 A0800000, true",
        "3009060B 2A864886F70D0109100117 A000, true",
        "3009060B 2A864886F70D0109100109 A000, false",
        "00010203, false"
    })
    void shouldSayThatSmimeWasNotRead(String hex, boolean encrypted) {
        EmailMessage mail = leaf("application/pkcs7-mime", HexFormat.of().parseHex(hex.replace(" ", "")));
        assertThat(mail.getText()).isEmpty();
        assertThat(mail.getParseStatus()).isEqualTo(ParseStatus.UNREAD);
        assertThat(mail.getFlags().contains("encrypted")).isEqualTo(encrypted);
    }

    @Test
    void shouldSayThatPgpMimeWasNotRead() {
        EmailMessage mail = Records.decode(
                "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b",
                "",
                "--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b",
                "Content-Type: application/octet-stream; name=encrypted.asc\r\n\r\nx\r\n--b--");
        assertThat(mail.getParseStatus()).isEqualTo(ParseStatus.UNREAD);
        assertThat(mail.getFlags()).containsExactly("encrypted");
    }

    @Test
    void shouldLeaveArmourOutOfTheText() {
        EmailMessage encrypted = Records.decode(
                "Subject: x",
                "",
                "Anbei:",
                "-----BEGIN PGP MESSAGE-----",
                "",
                "hQEMA0000",
                "-----END PGP MESSAGE-----");
        assertThat(encrypted.getText()).isEqualTo("Anbei:");
        assertThat(encrypted.getParseStatus()).isEqualTo(ParseStatus.UNREAD);

        EmailMessage signed = Records.decode(
                "Subject: x",
                "",
                "-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA512\r\n",
                "The pump stands.\r\n- -- two dashes",
                "-----BEGIN PGP SIGNATURE-----\r\n\r\niQEz\r\n-----END PGP SIGNATURE-----");
        assertThat(signed.getText()).startsWith("The pump stands.").doesNotContain("BEGIN", "Hash", "iQEz");
        assertThat(signed.getParseStatus()).isEqualTo(ParseStatus.OK);
    }

    @Test
    void shouldReadTheBodyOfTnef() {
        byte[] body = SENTENCE.getBytes(Charset.forName("windows-1252"));
        EmailMessage mail = leaf("application/ms-tnef; name=winmail.dat", tnef(0x0002800C, body));
        assertThat(mail.getText()).isEqualTo(SENTENCE);
        assertThat(mail.getParseNotes()).singleElement().asString().contains("winmail.dat");
    }

    @Test
    void shouldReadThePropertiesOfTnef() {
        byte[] text = (SENTENCE + "\0").getBytes(StandardCharsets.UTF_16LE);
        assertThat(leaf("application/ms-tnef", tnef(0x00069003, property(0x1000001F, text)))
                        .getText())
                .isEqualTo(SENTENCE);

        byte[] html = ("<p>" + SENTENCE + "</p>").getBytes(StandardCharsets.UTF_8);
        assertThat(leaf("application/ms-tnef", tnef(0x00069003, property(0x10130102, html)))
                        .getText())
                .isEqualTo(SENTENCE);

        // The example of [MS-OXRTFCP], section 3.1.
        byte[] rtf = HexFormat.of()
                .parseHex("2D0000002B0000004C5A4675F1C5C7A703000A00726370673132354232"
                        + "0AF32068656C090020627705B06C647D0A800FA0");
        assertThat(leaf("application/ms-tnef", tnef(0x00069003, property(0x10090102, rtf)))
                        .getText())
                .isEqualTo("hello world");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 6, 20, 40})
    void shouldNotTakeDamagedTnefForOk(int length) {
        byte[] whole = tnef(0x00069003, property(0x1000001F, new byte[40]));
        EmailMessage mail = leaf("application/ms-tnef", Arrays.copyOf(whole, length));
        assertThat(mail.getText()).isEmpty();
        assertThat(mail.getParseStatus()).isEqualTo(ParseStatus.UNREAD);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | message/rfc822 | 7bit",
                "FYI | message/rfc822 | 7bit",
                "Siehe unten. | message/rfc822 | base64",
                "Please see the attached mail. | application/octet-stream; name=mail.eml | base64"
            })
    void shouldReadAnAttachedMailWhereTheTextIsOnlyAPointer(String text, String type, String encoding) {
        String content = encoding.equals("base64")
                ? Base64.getMimeEncoder().encodeToString(MAIL.getBytes(StandardCharsets.UTF_8))
                : MAIL;
        EmailMessage mail = Records.decode(
                "Content-Type: multipart/mixed; boundary=b",
                "",
                "--b\r\n\r\n" + text + "\r\n--b",
                "Content-Type: " + type,
                "Content-Transfer-Encoding: " + encoding,
                "",
                content,
                "--b--");
        assertThat(mail.getText()).endsWith(SENTENCE);
        assertThat(mail.getParseNotes()).singleElement().asString().contains("attached mail");
    }

    @Test
    void shouldNotReadWhatComesBackWithAReport() {
        EmailMessage mail = Records.decode(
                "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
                "",
                "--b\r\n\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n" + MAIL + "\r\n--b--");
        assertThat(mail.getText()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Kollegen, könnt ihr das bitte übernehmen? Siehe unten.",
                "FYI",
                "Please see below.\r\n\r\nRegards\r\nAnna"
            })
    void shouldTakeTheMailBelowForTextWhereTheTextOnlyPointsAtIt(String text) {
        EmailMessage mail = Records.decode(
                "Subject: RE: Blutbank",
                "Content-Type: text/plain; charset=utf-8",
                "",
                text,
                "",
                "On Thu, 26 Nov 2026 at 10:00, Max <max@klinik.example> wrote:",
                "> " + SENTENCE);
        assertThat(mail.getText()).contains(SENTENCE);
        assertThat(mail.getParseNotes()).singleElement().asString().contains("only points at");
    }

    @Test
    void shouldLeaveAnAnswerAsItIs() {
        EmailMessage mail = Records.decode(
                "Subject: AW: Blutbank",
                "Content-Type: text/plain; charset=utf-8",
                "",
                "Danke, erledigt, siehe unten.",
                "",
                "Am 26.11.2026 um 10:00 schrieb Max:",
                "> " + SENTENCE);
        assertThat(mail.getText()).isEqualTo("Danke, erledigt, siehe unten.");
        assertThat(mail.getQuoted()).contains(SENTENCE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/html\r\n\r\n<img src=cid:a alt=Rauch>",
                "Content-Type: image/png\r\n\r\nx",
                "Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR",
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsiehe Anhang\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--",
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHi Anna,\r\nplease see attached.\r\n\r\nThanks\r\nBen"
                        + "\r\n--b\r\nContent-Type: application/pdf\r\n\r\nx\r\n--b--"
            })
    void shouldSayThatThereIsNoTextButOtherContent(String mail) {
        assertThat(Records.decode(mail).getParseStatus()).isEqualTo(ParseStatus.UNREAD);
    }

    @Test
    void shouldCallMailOkThatSaysSomethingBesideItsAttachment() {
        EmailMessage mail = Records.decode(
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nAnbei die Rechnung.\r\n--b",
                "Content-Type: application/pdf\r\n\r\nx\r\n--b--");
        assertThat(mail.getParseStatus()).isEqualTo(ParseStatus.OK);
        assertThat(Records.decode("Subject: Server down", "", "").getParseStatus())
                .isEqualTo(ParseStatus.OK);
    }

    private static EmailMessage leaf(String type, byte[] content) {
        return Records.decode(
                "Subject: Blutbank",
                "Content-Type: multipart/mixed; boundary=b",
                "",
                "--b",
                "Content-Type: " + type,
                "Content-Disposition: attachment",
                "Content-Transfer-Encoding: base64",
                "",
                Base64.getMimeEncoder().encodeToString(content),
                "--b--");
    }

    private static byte[] signed(String content) throws CMSException, IOException {
        return new CMSSignedDataGenerator()
                .generate(new CMSProcessableByteArray(content.getBytes(StandardCharsets.UTF_8)), true)
                .getEncoded();
    }

    private static byte[] tnef(int id, byte[] data) {
        ByteBuffer out = ByteBuffer.allocate(data.length + 17).order(ByteOrder.LITTLE_ENDIAN);
        return out.putInt(0x223E9F78)
                .putShort((short) 1)
                .put((byte) 1)
                .putInt(id)
                .putInt(data.length)
                .put(data)
                .array();
    }

    /** One property of variable length, after one of fixed length. */
    private static byte[] property(int tag, byte[] value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int number : List.of(2, 0x0E070003, 7, tag, 1, value.length)) {
            out.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(number)
                    .array());
        }
        out.writeBytes(value);
        out.writeBytes(new byte[(4 - value.length % 4) % 4]);
        return out.toByteArray();
    }
}

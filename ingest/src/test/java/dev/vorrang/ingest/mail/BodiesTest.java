package dev.vorrang.ingest.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.ParseStatus;
import dev.vorrang.schemas.TextOrigin;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts in all charsets and encodings, right and wrong, in all structures, whole and broken. */
class BodiesTest {

    @ParameterizedTest
    @CsvSource({
        "utf-8, utf-8, Grüße €",
        "UTF8, utf-8, Grüße €",
        "'', utf-8, Grüße €",
        "'', windows-1252, Grüße €",
        "us-ascii, utf-8, Grüße €",
        "us-ascii, windows-1252, Grüße €",
        "iso-8859-1, windows-1252, Grüße „gut“",
        "iso-8859-15, iso-8859-15, Grüße €",
        "x-unknown, utf-8, Grüße €",
        "x-unknown, windows-1252, Grüße €",
        "charset=us-ascii, us-ascii, plain",
        "gb2312, gb18030, 你好侌",
        "ks_c_5601-1987, x-windows-949, 스티해",
        "shift_jis, windows-31j, あいう①",
        "iso-2022-jp, iso-2022-jp, すみません",
        "koi8-r, koi8-r, привет",
        "big5, big5, 台灣",
        "utf-16, utf-16be, Grüße",
        "utf-16le, utf-16le, Grüße"
    })
    void shouldReadCharsets(String named, String used, String text) {
        EmailMessage mail = Records.decode(withBody(
                "Content-Type: text/plain" + (named.isEmpty() ? "" : "; charset=\"" + named + "\""),
                text.getBytes(Charset.forName(used))));
        assertThat(mail.getText()).isEqualTo(text);
        assertThat(mail.getParseStatus()).isEqualTo(named.equals("x-unknown") ? ParseStatus.DAMAGED : ParseStatus.OK);
    }

    @Test
    void shouldReadUtf7() {
        assertThat(body("text/plain; charset=utf-7", "Gr+APw-+AN8-e 1 +- 1 +AD4 +/")
                        .getText())
                .isEqualTo("Grüße 1 + 1 >");
    }

    @ParameterizedTest
    @CsvSource({"utf-8, 6869C0BC20EDA08020FF00", "utf-16, 00680069D83D0020D800", "utf-16, 006800", "utf-8, 68690000"})
    void shouldNeverGiveLoneSurrogatesOrNul(String charset, String hex) {
        EmailMessage mail = Records.decode(withBody(
                "Content-Type: text/plain; charset=" + charset, HexFormat.of().parseHex(hex)));
        assertThat(mail.getText()).startsWith("h").doesNotContain("<");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "quoted-printable | Gr=C3=BC=~=C3=9Fe =zz = | Grüße =zz",
                "Quoted-Printable ; x | a=3Db | a=b",
                "\"base64\" | R3LDvMOf~ZQ== | Grüße",
                "base64 | R3LDv!!MOf  ZQ | Grüße",
                "7-bit | plain | plain",
                "x-nonsense | still read | still read",
                "x-uuencode | begin 644 x~%:&5L;&\\~`~end | hello"
            })
    void shouldUndoTransferEncodings(String encoding, String content, String expected) {
        EmailMessage mail = Records.decode(
                "Content-Type: text/plain; charset=utf-8",
                "Content-Transfer-Encoding: " + encoding,
                "",
                content.replace("~", "\r\n"));
        assertThat(mail.getText()).isEqualTo(expected);
    }

    @Test
    void shouldNoteAnUnknownTransferEncoding() {
        EmailMessage mail = Records.decode("Content-Transfer-Encoding: x-nonsense", "", "still read");
        assertThat(mail.getParseStatus()).isEqualTo(ParseStatus.DAMAGED);
        assertThat(mail.getParseNotes()).singleElement().asString().contains("x-nonsense");
    }

    @Test
    void shouldPreferPlainTextUnlessItHasNoWords() {
        String[] plainAndHtml = {
            "Content-Type: multipart/alternative; boundary=b",
            "",
            "--b",
            "Content-Type: text/plain",
            "",
            "%s",
            "--b",
            "Content-Type: text/html",
            "",
            "<p>The HTML.</p>",
            "--b--"
        };
        EmailMessage plain = Records.decode(String.join("\r\n", plainAndHtml).formatted("The plain."));
        assertThat(plain.getText()).isEqualTo("The plain.");
        assertThat(plain.getTextOrigin()).isEqualTo(TextOrigin.PLAIN);

        EmailMessage html = Records.decode(String.join("\r\n", plainAndHtml).formatted(" - "));
        assertThat(html.getText()).isEqualTo("The HTML.");
        assertThat(html.getTextOrigin()).isEqualTo(TextOrigin.HTML);
    }

    @Test
    void shouldJoinTheTextPartsOfAMailAndKeepNamedOnesApart() {
        EmailMessage mail = Records.decode(
                "Content-Type: multipart/mixed; boundary=b",
                "",
                "--b",
                "",
                "One.",
                "--b",
                "Content-Type: text/plain; name=log.txt",
                "",
                "A log.",
                "--b",
                "Content-Type: text/plain",
                "",
                "Two.",
                "--b--");
        assertThat(mail.getText()).isEqualTo("One.\nTwo.");
        assertThat(mail.getAttachments()).singleElement().satisfies(log -> assertThat(log.getName())
                .isEqualTo("log.txt"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Please use an HTML capable mail program to read this message.",
                "Your e-mail program does not support HTML.",
                "Diese E-Mail enthält HTML und kann von Ihrem Programm nicht angezeigt werden.",
                "Ce message est au format HTML, veuillez utiliser un autre client de messagerie.",
                "To view this message in your browser: https://news.example/v?id=1",
                "[image: Foto]",
                "https://news.example/v?id=1"
            })
    void shouldReadHtmlBesideAStub(String stub) {
        EmailMessage mail = alternatives(
                "Content-Type: text/plain; charset=utf-8\r\n\r\n" + stub, "Meine Heizung ist ausgefallen.");
        assertThat(mail.getText()).isEqualTo("Meine Heizung ist ausgefallen.");
        assertThat(mail.getTextOrigin()).isEqualTo(TextOrigin.HTML);
    }

    @Test
    void shouldKeepPlainTextThatTalksAboutHtml() {
        String text = "Please help: your HTML page cannot be opened in my browser.";
        EmailMessage mail = alternatives("Content-Type: text/plain\r\n\r\n" + text, text);
        assertThat(mail.getTextOrigin()).isEqualTo(TextOrigin.PLAIN);
        assertThat(mail.getText()).isEqualTo(text);
    }

    @Test
    void shouldFindTheAttachmentsWithinAlternatives() {
        for (String type : new String[] {"multipart/mixed", "multipart/related"}) {
            EmailMessage mail = Records.decode(
                    "Content-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\n\r\nSiehe Plan im Flur.\r\n--a",
                    "Content-Type: " + type
                            + "; boundary=m\r\n\r\n--m\r\nContent-Type: text/html\r\n\r\n<p>Siehe Plan im Flur.\r\n--m",
                    "Content-Type: image/png; name=plan.png\r\nContent-ID: <1>\r\n\r\nx\r\n--m--\r\n--a--");
            assertThat(mail.getText()).isEqualTo("Siehe Plan im Flur.");
            assertThat(mail.getAttachments()).singleElement().satisfies(plan -> assertThat(plan.getName())
                    .isEqualTo("plan.png"));
        }
    }

    @Test
    void shouldReadHtmlAfterAPlainBannerUnlessItSaysTheSame() {
        String mixed =
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n%s\r\n--b\r\nContent-Type: text/html\r\n\r\n"
                        + "<p>The heating is out of order.</p>\r\n--b--";
        assertThat(Records.decode(mixed.formatted("This message was scanned.")).getText())
                .isEqualTo("This message was scanned.\nThe heating is out of order.");
        assertThat(Records.decode(mixed.formatted("The heating is out of order."))
                        .getText())
                .isEqualTo("The heating is out of order.");
    }

    @Test
    void shouldReadANamedTextPartThatIsTheText() {
        EmailMessage only = Records.decode(
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; name=nachricht.txt",
                "\r\nDie Heizung.\r\n--b\r\nContent-Type: application/pdf\r\n\r\nx\r\n--b--");
        assertThat(only.getText()).isEqualTo("Die Heizung.");

        EmailMessage inline = Records.decode(
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nOne.\r\n--b\r\nContent-Type: text/plain",
                "Content-Disposition: inline; filename=two.txt\r\n\r\nTwo.\r\n--b--");
        assertThat(inline.getText()).isEqualTo("One.\nTwo.");
    }

    @Test
    void shouldReadEnrichedText() {
        String enriched = "<bold>Bitte</bold> um <color><param>red</param>Antwort</color>\r\nzu a <<b\r\n\r\nDanke";
        assertThat(body("text/enriched", enriched).getText()).isEqualTo("Bitte um Antwort zu a <b\nDanke");
    }

    @Test
    void shouldTakeAPartOfNoTypeForNoText() {
        EmailMessage mail = Records.decode(
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text\r\n\r\nHallo\r\n--b",
                "Content-Type: X-BE2; 12\r\n\r\n\\begindata{raw}\r\n--b--");
        assertThat(mail.getText()).isEqualTo("Hallo");
        assertThat(Records.decode("Content-Type: nonsense", "", "Hallo").getText())
                .isEqualTo("Hallo");
    }

    @Test
    void shouldReadWhatIsThereOfATruncatedMultipart() {
        EmailMessage mail = Records.decode(
                "Content-Type: multipart/mixed; boundary=b",
                "",
                "--b",
                "Content-Type: text/plain",
                "",
                "Visible.",
                "--b",
                "Content-Type: application/pdf",
                "Content-Transfer-Encoding: base64",
                "",
                "JVBERi0");
        assertThat(mail.getText()).isEqualTo("Visible.");
        assertThat(mail.getAttachments()).singleElement().satisfies(pdf -> assertThat(pdf.getSize())
                .isEqualTo(5));
        assertThat(mail.getParseStatus()).isEqualTo(ParseStatus.DAMAGED);
    }

    @ParameterizedTest
    @CsvSource({
        "multipart/mixed",
        "multipart/mixed; boundary=",
        "multipart/mixed; boundary=\"\"",
        "multipart/mixed; boundary=other"
    })
    void shouldReadTheTextOfAMultipartWithoutABoundary(String type) {
        EmailMessage mail = Records.decode("Content-Type: " + type, "", "Some text.");
        assertThat(mail.getText()).isEqualTo("Some text.");
        assertThat(mail.getTextOrigin()).isEqualTo(TextOrigin.NONE);
        assertThat(mail.getParseStatus()).isEqualTo(ParseStatus.DAMAGED);
    }

    @Test
    void shouldFindTheBoundaryThatTheHeaderDoesNotName() {
        EmailMessage mail = Records.decode(
                "Content-Type: multipart/mixed", "", "--b1", "Content-Type: text/plain", "", "Some text.", "--b1--");
        assertThat(mail.getText()).isEqualTo("Some text.");
    }

    @Test
    void shouldReadAllLineEnds() {
        for (String end : new String[] {"\n", "\r\n", "\r\r\n", "\r"}) {
            String mail = String.join(
                    end,
                    "Subject: ends",
                    "Content-Type: multipart/mixed; boundary=b",
                    "",
                    "--b",
                    "Content-Type: text/plain",
                    "",
                    "One.",
                    "--b--",
                    "");
            EmailMessage record = Records.decode(Records.raw(mail.getBytes(StandardCharsets.US_ASCII)));
            assertThat(record.getSubject()).isEqualTo("ends");
            assertThat(record.getText()).isEqualTo("One.");
            assertThat(record.getParseStatus()).isEqualTo(ParseStatus.OK);
        }
    }

    @Test
    void shouldWriteQuotationsInHtmlAsMailProgramsDo() {
        EmailMessage mail = body(
                "text/html",
                "<div>My answer.</div><div class=\"gmail_quote\"><div>On Monday, Anna wrote:<br></div>"
                        + "<blockquote><div>First.<br>Second.</div></blockquote></div>");
        assertThat(mail.getText()).isEqualTo("My answer.");
        assertThat(mail.getQuoted()).contains("> First.\n> Second.");
    }

    @Test
    void shouldTakeNothingFromScriptsAndStyles() {
        EmailMessage mail = body(
                "text/html; charset=utf-8",
                "<style>b{}</style><p>a <b>b</b>&amp;c<script>x()</script><br>d</p><table><tr><td>1</td><td>2</td></tr></table><pre>e\n  f</pre>");
        assertThat(mail.getText()).isEqualTo("a b&c\nd\n\n1 2\n\ne\nf");
        assertThat(mail.getFlags()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"white", "#fff", "#FFFFFF", "rgb(255, 255, 255)"})
    void shouldDropTextInTheColourOfItsBackground(String white) {
        EmailMessage mail = body(
                "text/html",
                "<p>Seen.</p><font color='" + white + "'>urgent</font>" + "<table bgcolor=black><tr><td style='color:"
                        + white + "'>Seen too.</td></tr></table>");
        assertThat(mail.getText()).isEqualTo("Seen.\n\nSeen too.");
        assertThat(mail.getFlags()).containsExactly("hidden_text");
    }

    private static EmailMessage alternatives(String plain, String html) {
        return Records.decode(
                "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b",
                plain,
                "--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>" + html + "</p>\r\n--b--");
    }

    private static EmailMessage body(String type, String body) {
        return Records.decode("Content-Type: " + type, "", body);
    }

    private static RawMail withBody(String header, byte[] body) {
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        mail.writeBytes((header + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        mail.writeBytes(body);
        return Records.raw(mail.toByteArray());
    }
}

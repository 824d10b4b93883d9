package dev.vorrang.ingest.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.Address;
import dev.vorrang.schemas.EmailMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts and headers whose charset is another than the mail says. */
class WrongCharsetsTest {

    @ParameterizedTest
    @CsvSource({
        "iso-8859-1, utf-8, Die Kühlung steht",
        "windows-1252, utf-8, Grüße aus Köln – bald",
        "iso-8859-15, utf-8, 20 € für Ärger",
        "windows-1251, utf-8, Добрый день",
        "gb2312, utf-8, 你好，我们的订单还没有到。",
        "big5, utf-8, 訂單還沒有到",
        "shift_jis, utf-8, 注文の確認です。",
        "iso-2022-jp, utf-8, 注文の確認です。",
        "utf-8, iso-8859-1, Die Kühlung für Patienten",
        "utf-8, windows-1252, Grüße – „gut“",
        "utf-8, iso-2022-jp, 注文の確認です。",
        "us-ascii, iso-2022-jp, 注文の確認です。",
        "iso-8859-1, iso-2022-jp, 注文の確認です。",
        "iso-2022-jp, shift_jis, 注文の確認です。",
        "utf-8, windows-1251, 'Добрый день, не работает отопление в квартире'",
        "utf-8, gb18030, 你好，我们的订单还没有到，请尽快回复。",
        "iso-8859-1, koi8-r, 'Добрый день, не работает отопление в квартире'",
        "utf-16, utf-8, Grüße aus Köln",
        "utf-16, us-ascii, plain text"
    })
    void shouldGoByTheBytes(String named, String used, String text) {
        assertThat(text(named, text.getBytes(Charset.forName(used))).getText()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "iso-8859-1, iso-8859-1, à la carte",
        "iso-8859-1, iso-8859-1, Ã",
        "iso-8859-2, iso-8859-2, łąka źrebię",
        "windows-1250, windows-1250, Příliš žluťoučký kůň",
        "windows-1253, windows-1253, Καλημέρα",
        "gb2312, gb18030, 你好",
        "euc-jp, euc-jp, 注文",
        "koi8-r, koi8-r, привет"
    })
    void shouldBelieveANameThatFits(String named, String used, String text) {
        assertThat(text(named, text.getBytes(Charset.forName(used))).getText()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"''", "utf-8", "us-ascii"})
    void shouldReplaceOnlyTheBadByte(String named) {
        byte[] bytes = "Rückfrage über Köln ~ Grüße".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == '~' ? (byte) 0xF1 : bytes[i];
        }
        assertThat(text(named, bytes).getText()).isEqualTo("Rückfrage über Köln \uFFFD Grüße");
        assertThat(subject("Rückfrage", bytes, "utf-8")).isEqualTo("Rückfrage über Köln \uFFFD Grüße");
    }

    @ParameterizedTest
    @CsvSource({
        "windows-1251, Проверка заказа",
        "koi8-r, Проверка заказа",
        "iso-8859-1, Grüße",
        "shift_jis, 注文の確認",
        "iso-2022-jp, 注文の確認",
        "utf-8, Grüße"
    })
    void shouldReadRawHeadersInTheCharsetOfTheText(String charset, String subject) {
        byte[] bytes = subject.getBytes(Charset.forName(charset));
        assertThat(subject("x", bytes, charset)).isEqualTo(subject);
    }

    @Test
    void shouldReadRawBytesOfAnEncodedWordInItsCharset() {
        String mail =
                "From: =?iso-8859-1?Q?J\u00FCrgen_M=F6ller?= <jm@example.org>\r\nSubject: =?iso-8859-1?q?Fr\u00F6sche?=\r\n\r\nx";
        EmailMessage record = Records.decode(Records.raw(mail.getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(record.getSubject()).isEqualTo("Frösche");
        assertThat(record.getFrom()).extracting(Address::getName).containsExactly("Jürgen Möller");
    }

    private static EmailMessage text(String charset, byte[] text) {
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        String type = "Content-Type: text/plain" + (charset.isEmpty() ? "" : "; charset=" + charset) + "\r\n\r\n";
        mail.writeBytes(type.getBytes(StandardCharsets.US_ASCII));
        mail.writeBytes(text);
        return Records.decode(Records.raw(mail.toByteArray()));
    }

    private static String subject(String text, byte[] subject, String charset) {
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        mail.writeBytes("Subject: ".getBytes(StandardCharsets.US_ASCII));
        mail.writeBytes(subject);
        mail.writeBytes(("\r\nContent-Type: text/plain; charset=" + charset + "\r\n\r\n" + text)
                .getBytes(StandardCharsets.UTF_8));
        return Records.decode(Records.raw(mail.toByteArray())).getSubject();
    }
}

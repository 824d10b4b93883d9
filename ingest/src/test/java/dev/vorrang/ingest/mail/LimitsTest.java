package dev.vorrang.ingest.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.ParseStatus;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mails beyond a limit still give a record that says so, and mails at the limit are whole. */
class LimitsTest {

    @ParameterizedTest
    @ValueSource(ints = {20, 50, 51, 100, 10_000})
    void shouldReadFiftyLevels(int depth) {
        StringBuilder mail = new StringBuilder("Subject: deep\r\n");
        for (int i = 0; i < depth; i++) {
            mail.append("Content-Type: multipart/mixed; boundary=b" + i + "\r\n\r\n--b" + i + "\r\n");
        }
        mail.append("Content-Type: text/plain\r\n\r\nbottom\r\n");
        for (int i = depth - 1; i >= 0; i--) {
            mail.append("--b" + i + "--\r\n");
        }
        EmailMessage record = Records.decode(mail.toString());
        assertThat(record.getSubject()).isEqualTo("deep");
        assertThat(record.getParseStatus()).isEqualTo(depth <= 50 ? ParseStatus.OK : ParseStatus.LIMIT);
        assertThat(record.getText()).isEqualTo(depth <= 50 ? "bottom" : "");
    }

    @Test
    void shouldNotFollowNestedMailsWithoutEnd() {
        EmailMessage record =
                Records.decode("Subject: level\r\nContent-Type: message/rfc822\r\n\r\n".repeat(500) + "end");
        assertThat(record.getSubject()).isEqualTo("level");
        assertThat(record.getParseStatus()).isEqualTo(ParseStatus.LIMIT);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 1_001, 1_000_000})
    void shouldReadAThousandParts(int parts) {
        EmailMessage record = Records.decode(
                "Subject: many", "Content-Type: multipart/mixed; boundary=a", "", "--a\r\n".repeat(parts) + "--a--");
        assertThat(record.getSubject()).isEqualTo("many");
        assertThat(record.getParseStatus()).isEqualTo(parts <= 1_000 ? ParseStatus.OK : ParseStatus.LIMIT);
    }

    @Test
    void shouldFindTheSubjectBehindAMegabyteOfHeaders() {
        for (String padding : new String[] {
            "X-Big: " + "A".repeat(1_000_000),
            "X-Small: v\r\n".repeat(100_000) + "X: y",
            "X-Folded: a" + "\r\n b".repeat(300_000)
        }) {
            EmailMessage record = Records.decode(padding, "Subject: behind", "", "text");
            assertThat(record.getSubject()).isEqualTo("behind");
            assertThat(record.getText()).isEqualTo("text");
            assertThat(record.getParseStatus()).isEqualTo(ParseStatus.LIMIT);
        }
    }

    @Test
    void shouldCutALongSubject() {
        EmailMessage words = Records.decode("Subject:" + "\r\n =?utf-8?B?QUFB?=".repeat(50_000), "", "x");
        assertThat(words.getSubject()).startsWith("AAAAAA").hasSizeLessThanOrEqualTo(2_000);
        assertThat(words.getParseStatus()).isEqualTo(ParseStatus.LIMIT);

        EmailMessage pairs = Records.decode("Subject: x" + "\uD83D\uDE00".repeat(3_000), "", "x");
        assertThat(pairs.getSubject()).hasSize(1_999).endsWith("\uD83D\uDE00");
    }

    @Test
    void shouldKeepAHundredRecipients() {
        StringBuilder recipients = new StringBuilder("To: u0@example.org");
        for (int i = 1; i < 50_000; i++) {
            recipients.append(",\r\n u").append(i).append("@example.org");
        }
        EmailMessage record = Records.decode(recipients.toString(), "Subject: many", "", "x");
        assertThat(record.getSubject()).isEqualTo("many");
        assertThat(record.getTo()).hasSize(100);
        assertThat(record.getParseStatus()).isEqualTo(ParseStatus.LIMIT);
    }

    @Test
    void shouldFindTheAddressInDeepComments() {
        EmailMessage record = Records.decode(
                "From: " + "(".repeat(10_000) + ")".repeat(10_000) + " evil@example.org", "Subject: comments", "", "x");
        assertThat(record.getFrom()).singleElement().satisfies(from -> assertThat(from.getAddress())
                .isEqualTo("evil@example.org"));
    }

    @Test
    void shouldCutLongTextAndSaySo() {
        int most = DecoderLimits.defaults().textCharacters();
        EmailMessage whole = Records.decode("Subject: x", "", "a".repeat(most));
        assertThat(whole.getText()).hasSize(most);
        assertThat(whole.getTextTruncated()).isFalse();

        for (String type : new String[] {"text/plain", "text/html"}) {
            EmailMessage cut = Records.decode("Content-Type: " + type, "", "a".repeat(4_000_000));
            assertThat(cut.getText()).hasSize(most);
            assertThat(cut.getTextTruncated()).isTrue();
            assertThat(cut.getParseStatus()).isEqualTo(ParseStatus.LIMIT);
        }
    }

    @Test
    void shouldSayThatTheReaderCutTheMail() {
        byte[] bytes = "Subject: x\n\ny".getBytes(StandardCharsets.US_ASCII);
        EmailMessage record = Records.decode(RawMail.cut(bytes, "file:///a", Records.NOW));
        assertThat(record.getText()).isEqualTo("y");
        assertThat(record.getParseStatus()).isEqualTo(ParseStatus.LIMIT);
    }

    @Test
    void shouldStopWhenTheTimeIsOver() {
        long[] nanos = {0};
        EmailMessage record = Records.decode(
                new MailDecoder(
                        DecoderLimits.defaults(),
                        Clock.fixed(Records.NOW, ZoneOffset.UTC),
                        () -> nanos[0] += 100_000_000),
                Records.mail(
                        "Subject: slow",
                        "Content-Type: multipart/mixed; boundary=a",
                        "",
                        "--a\r\n\r\ntext\r\n" + "--a\r\nContent-Type: image/png\r\n\r\nx\r\n".repeat(500) + "--a--"));
        assertThat(record.getSubject()).isEqualTo("slow");
        assertThat(record.getParseStatus()).isEqualTo(ParseStatus.LIMIT);
        assertThat(record.getParseNotes()).singleElement().asString().contains("2000 ms");
    }

    /** Each of thousands of block quotes may follow the line that a mail program puts above a quotation. */
    @Test
    void shouldLookForNoQuotationsWhenTheTimeIsOver() {
        RawMail mail = Records.mail(
                "Subject: quotes",
                "Content-Type: text/html",
                "",
                "<p>Yes.</p><p>On 5 March 2026 at 10:15 Max Muster &lt;max@example.com&gt; wrote:</p>"
                        + "<blockquote>Does it run?</blockquote>");
        EmailMessage inTime = Records.decode(mail);
        assertThat(inTime.getText()).isEqualTo("Yes.");
        assertThat(inTime.getQuoted()).endsWith("> Does it run?");
        assertThat(inTime.getParseStatus()).isEqualTo(ParseStatus.OK);

        long[] nanos = {0};
        EmailMessage late = Records.decode(
                new MailDecoder(
                        DecoderLimits.defaults(),
                        Clock.fixed(Records.NOW, ZoneOffset.UTC),
                        () -> nanos[0] += DecoderLimits.defaults().time().toNanos() + 1),
                mail);
        assertThat(late.getParseStatus()).isEqualTo(ParseStatus.LIMIT);
        assertThat(late.getParseNotes()).singleElement().asString().contains("2000 ms");
        assertThat(late.getQuoted()).endsWith("\nDoes it run?");
    }

    @Test
    void shouldPartDeepAndLongQuotationsFromTheAnswer() {
        for (String quoted : new String[] {"> ".repeat(200) + "word\r\n", "> word\r\n".repeat(100_000)}) {
            EmailMessage record = Records.decode(
                    "Subject: Re: quotes", "", "Yes.", "", "On 5 March 2026 Max <max@example.com> wrote:", quoted);
            assertThat(record.getText()).isEqualTo("Yes.");
            assertThat(record.getQuoted()).contains("> word");
            assertThat(record.getParseNotes()).noneMatch(note -> note.contains("CPU time"));
        }
    }

    @Test
    void shouldNotCountTheTimeThatTheThreadWaits() {
        InstantSource busy = new InstantSource() {
            private Instant next = Records.NOW;

            @Override
            public Instant instant() {
                next = next.plusSeconds(60);
                return next;
            }
        };
        EmailMessage record = new MailDecoder(DecoderLimits.defaults(), busy.withZone(ZoneOffset.UTC))
                .decode(Records.mail("Content-Type: text/html", "", "<p>The text.</p>"));
        assertThat(record.getText()).isEqualTo("The text.");
        assertThat(record.getParseStatus()).isEqualTo(ParseStatus.OK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/plain\r\n\r\nThe text.",
                "Content-Type: text/html\r\n\r\n<p>The text.</p>",
                "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n"
                        + "--b\r\n\r\nThe text.\r\n--b--\r\n--a\r\nContent-Type: image/png\r\n\r\nx\r\n--a--"
            })
    void shouldReadTheTextThatIsThereThoughTheTimeIsOver(String mail) {
        long[] nanos = {0};
        MailDecoder slow = new MailDecoder(
                DecoderLimits.defaults(), Clock.fixed(Records.NOW, ZoneOffset.UTC), () -> nanos[0] += 5_000_000_000L);
        assertThat(Records.decode(slow, Records.mail(mail)).getText()).isEqualTo("The text.");
    }

    @Test
    void shouldNameALimitThatCannotBe() {
        assertThatThrownBy(() -> new DecoderLimits(0, 1, 1024, 1, Duration.ofSeconds(1)))
                .hasMessage("depth is 0, allowed: at least 1");
        assertThatThrownBy(() -> new DecoderLimits(1, 1, 1024, 1, Duration.ZERO))
                .hasMessageContaining("time is PT0S");
    }
}

package dev.vorrang.ingest.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.Attachment;
import dev.vorrang.schemas.Automatic;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.ParseStatus;
import dev.vorrang.schemas.TextOrigin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a record says of a mail: text, history, attachments, thread, kind and times. */
class MailDecoderTest {
    private static final String SHA256_OF_HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @Test
    void shouldPartNewTextFromHistoryAndSignature() throws IOException {
        EmailMessage mail = fixture("reply-gmail-english.eml");

        assertThat(mail.getText())
                .isEqualTo("The amount is still wrong \u2013 it should be 120\u20AC.\n\nPlease correct it today.");
        assertThat(mail.getQuoted()).startsWith("On Mon, Nov 10, 2025").endsWith("> we have looked into it.");
        assertThat(mail.getSignature()).isEqualTo("-- \nAnna Brook\nBrook & Sons");
        assertThat(mail.getTextOrigin()).isEqualTo(TextOrigin.PLAIN);
        assertThat(mail.getThread()).isEqualTo("CAfirst@mail.customer.example");
        assertThat(mail.getMessageId()).isEqualTo("CAreply2@mail.customer.example");
        assertThat(mail.getSentAt()).isEqualTo(Instant.parse("2025-11-11T08:12:44Z"));
        assertThat(mail.getParseStatus()).isEqualTo(ParseStatus.OK);
        assertThat(mail.getAttachments()).isEmpty();
    }

    @Test
    void shouldReadOutlookHtmlInGerman() throws IOException {
        EmailMessage mail = fixture("reply-outlook-german.eml");

        assertThat(mail.getSubject()).isEqualTo("AW: Störung an Anlage 3");
        assertThat(mail.getFrom().get(0).getName()).isEqualTo("Jürgen Müller");
        assertThat(mail.getText())
                .isEqualTo("Guten Tag,\n\ndie Anlage steht seit heute früh wieder \u2013 bitte rückrufen.");
        assertThat(mail.getSignature()).isEqualTo("Von meinem iPhone gesendet");
        assertThat(mail.getQuoted()).startsWith("Von: Service").endsWith("Ist die Störung behoben?");
        assertThat(mail.getTextOrigin()).isEqualTo(TextOrigin.HTML);
        assertThat(mail.getFlags()).isEmpty();
    }

    @Test
    void shouldKeepWhatWasForwardedAsText() throws IOException {
        assertThat(fixture("forward-apple.eml").getText()).contains("The parcel arrived crushed.");
    }

    @Test
    void shouldDropHiddenTextAndSaySo() throws IOException {
        EmailMessage mail = fixture("newsletter-hidden.eml");

        assertThat(mail.getText())
                .isEqualTo("Sized again.\n\nWhite on black.\n\nSeen on a desk.\n\nOnly this week: chairs.");
        assertThat(mail.getFlags()).containsExactly("hidden_text");
        assertThat(mail.getAutomatic()).isEqualTo(Automatic.LIST);
    }

    @Test
    void shouldTakeTheReportOfABounceForItsText() throws IOException {
        EmailMessage mail = fixture("bounce.eml");

        assertThat(mail.getAutomatic()).isEqualTo(Automatic.BOUNCE);
        assertThat(mail.getText()).isEqualTo("Your mail could not be delivered.");
        assertThat(mail.getAttachments())
                .extracting(Attachment::getType)
                .containsExactly("message/delivery-status", "message/rfc822");
    }

    @Test
    void shouldMeasureAttachmentsWithoutOpeningThem() throws IOException {
        EmailMessage mail = fixture("attachments.eml");

        assertThat(mail.getText()).isEqualTo("See attached.\n\nNested text.");
        assertThat(mail.getParseNotes()).singleElement().asString().contains("attached mail");
        assertThat(mail.getAttachments().subList(0, 2))
                .containsExactly(
                        new Attachment("Rücksendung 7.pdf", "application/pdf", 5L, SHA256_OF_HELLO),
                        new Attachment("Übersicht.bin", "application/octet-stream", 5L, SHA256_OF_HELLO));
        assertThat(mail.getAttachments().get(2).getName()).isEqualTo("../../etc/passwd");
        assertThat(mail.getParseStatus()).isEqualTo(ParseStatus.OK);
    }

    @Test
    void shouldTellToWhichAddressItWasDelivered() {
        EmailMessage mail = Records.decode(
                "Delivered-To: support+billing@haus.example",
                "Delivered-To: mailing list users@Haus.example",
                "X-Original-To: billing@haus.example",
                "X-Envelope-To: <support+billing@haus.example>",
                "Envelope-To: \"Support\" <billing@haus.example>, help@haus.example",
                "Subject: x",
                "",
                "text");

        assertThat(mail.getDeliveredTo())
                .startsWith("support+billing@haus.example")
                .endsWith("billing@haus.example", "help@haus.example")
                .doesNotHaveDuplicates();
        assertThat(Records.decode("Subject: x", "", "text").getDeliveredTo()).isEmpty();
    }

    @Test
    void shouldFindTheThread() {
        assertThat(Records.decode("References: junk <a@x> <b@x>", "In-Reply-To: <b@x>", "Message-ID: <c@x>", "", "t")
                        .getThread())
                .isEqualTo("a@x");
        assertThat(Records.decode("In-Reply-To: <b@x>", "Message-ID: <c@x>", "", "t")
                        .getThread())
                .isEqualTo("b@x");
        assertThat(Records.decode("In-Reply-To:", "Message-ID: c@x", "", "t").getThread())
                .isEqualTo("c@x");
        assertThat(Records.decode("In-Reply-To: Your message of Thu, 26 Nov", "Message-ID: <c@x>", "", "t")
                        .getThread())
                .isEqualTo("c@x");
        assertThat(Records.decode("References: Message from Anna of \"Monday\" a@x", "In-Reply-To: b@x (Anna)", "", "t")
                        .getThread())
                .isEqualTo("b@x");
        EmailMessage bare = Records.decode("Subject: bare", "", "t");
        assertThat(bare.getMessageId()).isNull();
        assertThat(bare.getThread()).isEqualTo(bare.getId());
    }

    @Test
    void shouldGiveCopiesIdsOfTheirOwnThatStayTheSame() {
        byte[] bytes = "Subject: x\r\n\r\ny".getBytes(StandardCharsets.US_ASCII);
        EmailMessage first = Records.decode(new RawMail(bytes, "file:///a", Records.NOW, 1));
        EmailMessage again = Records.decode(new RawMail(bytes.clone(), "file:///b", Records.NOW, 1));
        EmailMessage second = Records.decode(new RawMail(bytes, "file:///a", Records.NOW, 2));

        assertThat(first.getId())
                .isEqualTo(HexFormat.of().formatHex(MailId.digest(bytes)).substring(0, 32))
                .isEqualTo(again.getId());
        assertThat(second.getId()).hasSize(32).isNotEqualTo(first.getId());
    }

    @ParameterizedTest
    @CsvSource({
        "'Mon, 01 Dec 2025 10:00:00 +0100', 2025-12-01T09:00:00Z",
        "'1 Dec 2025 10:00 GMT', 2025-12-01T10:00:00Z",
        "'Thu, 01 Jan 2026 12:00:00 +0000', 2026-01-01T12:00:00Z",
        "'Fri, 02 Jan 2026 12:00:00 +0000',",
        "'Mon, 01 Jan 9999 10:00:00 +0000',",
        "'Wed, 31 Dec 1969 10:00:00 +0000',",
        "'Mon, 32 Foo 99999999999 25:61:61 +9999',",
        "'',"
    })
    void shouldBelieveADateOnlyIfItCanBe(String date, Instant expected) {
        assertThat(Records.decode("Date: " + date, "Subject: x", "", "y").getSentAt())
                .isEqualTo(expected);
    }

    @Test
    void shouldClampWhenAMailWasReceived() {
        byte[] bytes = new byte[0];
        for (Instant impossible :
                new Instant[] {null, Instant.MIN, Instant.EPOCH, Records.NOW.plusSeconds(1), Instant.MAX}) {
            assertThat(Records.decode(new RawMail(bytes, "file:///a", impossible, 1))
                            .getReceivedAt())
                    .isEqualTo(Records.NOW);
        }
        Instant earlier = Records.NOW.minusSeconds(3600);
        assertThat(Records.decode(new RawMail(bytes, "file:///a", earlier, 1)).getReceivedAt())
                .isEqualTo(earlier);
    }

    static EmailMessage fixture(String name) throws IOException {
        try (InputStream in = MailDecoderTest.class.getResourceAsStream("/mails/" + name)) {
            return Records.decode(Records.raw(in.readAllBytes()));
        }
    }
}

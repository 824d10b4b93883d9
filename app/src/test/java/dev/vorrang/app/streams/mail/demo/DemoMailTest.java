package dev.vorrang.app.streams.mail.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.ingest.mail.DecoderLimits;
import dev.vorrang.ingest.mail.MailDecoder;
import dev.vorrang.ingest.mail.RawMail;
import dev.vorrang.schemas.Automatic;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.ParseStatus;
import dev.vorrang.schemas.TextOrigin;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DemoMailTest {

    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    private final List<DemoMail> mails = DemoMail.all();

    @Test
    void shouldBeAtLeastSixtyEachWithItsOwnId() {
        assertThat(mails).hasSizeGreaterThanOrEqualTo(60);
        assertThat(mails).extracting(DemoMail::id).doesNotHaveDuplicates();
        assertThat(mails).allSatisfy(mail -> assertThat(
                        mail.text().isPresent() || mail.html().isPresent())
                .isTrue());
    }

    @Test
    void shouldBeReadAsTheyWereWritten() throws Exception {
        var decoded = decoded();

        assertThat(decoded.values()).allSatisfy(mail -> {
            assertThat(mail.getParseStatus()).as(mail.getSubject()).isEqualTo(ParseStatus.OK);
            assertThat(mail.getText()).as(mail.getSubject()).isNotBlank().doesNotContain("\uFFFD");
            assertThat(mail.getFrom()).hasSize(1);
        });
        assertThat(mails).allSatisfy(mail -> assertThat(decoded.get(mail.id()).getSubject())
                .isEqualTo(mail.subject()));
    }

    @Test
    void shouldHaveOneOfEachKind() throws Exception {
        var decoded = decoded();

        assertThat(decoded.get("newsletter-trade").getAutomatic()).isIn(Automatic.LIST, Automatic.BULK);
        assertThat(decoded.get("autoreply-holiday").getAutomatic()).isEqualTo(Automatic.AUTO_REPLY);
        assertThat(decoded.get("html-only-order").getTextOrigin()).isEqualTo(TextOrigin.HTML);
        assertThat(decoded.get("html-only-order").getText()).doesNotContain("tracking 7f3a");
        assertThat(decoded.get("software-update").getAttachments()).hasSize(1);
        assertThat(decoded.get("portal-ok").getQuoted()).contains("no temperature readings");
        assertThat(decoded.get("portal-ok").getText()).doesNotContain("no temperature readings");
    }

    @Test
    void shouldKeepTheRemindersInOneThread() throws Exception {
        var decoded = decoded();

        assertThat(List.of("reminder-2", "reminder-3"))
                .extracting(id -> decoded.get(id).getThread())
                .containsOnly(decoded.get("reminder-1").getThread());
    }

    private Map<String, EmailMessage> decoded() {
        var mime = new DemoMime(mails);
        var decoder = new MailDecoder(DecoderLimits.defaults(), Clock.fixed(NOW, ZoneOffset.UTC));
        return mails.stream().collect(Collectors.toMap(DemoMail::id, mail -> decoder.decode(raw(mime, mail))));
    }

    private static RawMail raw(DemoMime mime, DemoMail mail) {
        var bytes = new ByteArrayOutputStream();
        try {
            mime.message(mail, NOW).writeTo(bytes);
        } catch (IOException | MessagingException e) {
            throw new AssertionError(mail.id(), e);
        }
        return new RawMail(bytes.toByteArray(), "test:" + mail.id(), NOW, 1);
    }
}

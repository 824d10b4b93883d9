package dev.vorrang.connectors.sink.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.vorrang.connectors.ConnectorConfigs;
import dev.vorrang.connectors.sink.DeliverySettings;
import dev.vorrang.connectors.sink.SinkTaskRun;
import dev.vorrang.connectors.sink.TestActions;
import dev.vorrang.schemas.Action;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sink and an SMTP server. */
class MailSinkTest {

    private static final Action ACTION = TestActions.action(1);

    private GreenMail server;

    @BeforeEach
    void start() {
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private static Map<String, String> config(int port, String... more) {
        return ConnectorConfigs.with(
                Map.of(
                        MailSinkSettings.HOST, "127.0.0.1",
                        MailSinkSettings.PORT, Integer.toString(port),
                        MailSinkSettings.SECURITY, "none",
                        MailSinkSettings.TIMEOUT_MS, "2000",
                        MailSinkSettings.FROM, "Vorrang <vorrang@example.com>",
                        MailSinkSettings.TO, "night@example.com, day@example.com",
                        DeliverySettings.BACKOFF_MS, "20",
                        DeliverySettings.MAX_MS, "50",
                        DeliverySettings.ATTEMPTS, "3",
                        DeliverySettings.RATE, "0"),
                more);
    }

    private SinkTaskRun run(String... more) {
        return new SinkTaskRun(new MailSinkTask(), config(server.getSmtp().getPort(), more));
    }

    /** Mails, each once, although each recipient has it. */
    private MimeMessage[] mails() {
        return Arrays.stream(server.getReceivedMessages())
                .collect(
                        java.util.LinkedHashMap<String, MimeMessage>::new,
                        (map, mail) -> map.put(header(mail, "Message-ID"), mail),
                        Map::putAll)
                .values()
                .toArray(MimeMessage[]::new);
    }

    private static String header(MimeMessage mail, String name) {
        try {
            return mail.getHeader(name, null);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String part(MimeMessage mail, int index) throws MessagingException, IOException {
        return (String) ((MimeMultipart) mail.getContent()).getBodyPart(index).getContent();
    }

    @Test
    void shouldTellPeopleAndSayThatAProgramDoes() throws Exception {
        try (var run = run(MailSinkSettings.CC, "boss@example.com")) {
            run.put(ACTION).untilDone();
        }
        assertThat(server.getReceivedMessages()).hasSize(3);
        var mail = mails()[0];
        assertThat(mail.getSubject()).isEqualTo("[URGENT] Server room is on fire 1");
        assertThat(mail.getRecipients(RecipientType.CC))
                .extracting(Object::toString)
                .containsExactly("boss@example.com");
        assertThat(header(mail, "Auto-Submitted")).isEqualTo("auto-generated");
        assertThat(header(mail, "X-Auto-Response-Suppress")).isEqualTo("All");
        assertThat(header(mail, "Message-ID")).isEqualTo("<vorrang." + ACTION.getId() + "@example.com>");
        assertThat(part(mail, 0)).contains("URGENT: Server room is on fire 1", "- topic is outage", ACTION.getLink());
        assertThat(part(mail, 1)).contains("<li>topic is outage</li>");
    }

    @Test
    void shouldPutTheActionsAboutARecordIntoOneThread() {
        var escalation = TestActions.builder(2)
                .setRecord(ACTION.getRecord())
                .setStep(1)
                .setAcknowledge("https://example.com/ack?a=1&b=2")
                .build();
        try (var run = run()) {
            run.put(ACTION, escalation, ACTION).untilDone();
        }
        assertThat(mails()).as("a double has the same Message-ID").hasSize(2);
        assertThat(header(mails()[0], "References"))
                .isEqualTo("<vorrang.record." + ACTION.getRecord() + "@example.com>")
                .isEqualTo(header(mails()[1], "References"))
                .isEqualTo(header(mails()[1], "In-Reply-To"));
    }

    @Test
    void shouldKeepAHostileSubjectAText() throws Exception {
        try (var run = run()) {
            run.put(TestActions.builder(1).setTitle(TestActions.HOSTILE).build())
                    .untilDone();
        }
        assertThat(server.getReceivedMessages()).hasSize(2);
        var mail = mails()[0];
        assertThat(header(mail, "Bcc")).isNull();
        assertThat(mail.getSubject())
                .startsWith("[URGENT] \"}]")
                .contains("Bcc: eve@evil.example")
                .doesNotContain("\n", "\u202E");
        assertThat(part(mail, 1)).contains("&lt;script&gt;").doesNotContain("<script>");
    }

    @ParameterizedTest
    @CsvSource({
        "automatic, AUTO_REPLY, a mail that is AUTO_REPLY",
        "automatic, BOUNCE, a mail that is BOUNCE",
        "thread, vorrang.record.1@example.com, a mail that this sink sent"
    })
    void shouldNotAnswerItself(String field, String value, String cause) {
        try (var run = run()) {
            run.put(TestActions.action(1, "Out of office", Map.of(field, value)))
                    .untilDone();
            assertThat(run.letters()).singleElement().satisfies(letter -> assertThat(letter.cause())
                    .contains(cause));
        }
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "imap://night%40example.com@imap.other.org/INBOX;UIDVALIDITY=1/;UID=1, true",
        "imap://Night@mail.example.com/INBOX;UIDVALIDITY=1/;UID=1, true",
        "imap://night@example.com/INBOX;UIDVALIDITY=1/;UID=1, true",
        "imap://night@other.org/INBOX;UIDVALIDITY=1/;UID=1, false",
        "imap://desk@example.com/INBOX;UIDVALIDITY=1/;UID=1, false",
        "mail.received-0@1, false"
    })
    void shouldNotWriteToTheMailboxThatTheMailCameFrom(String link, boolean refused) {
        try (var run = run()) {
            run.put(TestActions.builder(1).setLink(link).build()).untilDone();
            assertThat(run.letters()).hasSize(refused ? 1 : 0);
        }
        assertThat(server.getReceivedMessages()).hasSize(refused ? 0 : 2);
    }

    @Test
    void shouldSendADigest() throws Exception {
        try (var run = run(MailSinkSettings.DIGEST_MS, "60000")) {
            run.put(ACTION, TestActions.action(2), TestActions.action(3)).untilDone();
        }
        assertThat(mails()).hasSize(1);
        assertThat(mails()[0].getSubject()).isEqualTo("[URGENT] 3 messages: Server room is on fire 1");
        assertThat(part(mails()[0], 0)).contains("on fire 1", "on fire 2", "on fire 3");
        assertThat(header(mails()[0], "Message-ID")).matches("<vorrang\\.digest\\.[0-9a-f]{32}@example\\.com>");
    }

    @Test
    void shouldFillInTemplatesOfItsOwnAndRefuseWhatTheyRefuse() throws Exception {
        try (var run = run(
                MailSinkSettings.SUBJECT,
                "{{fields.topic}}",
                MailSinkSettings.TEXT,
                "Hi {{key}}",
                MailSinkSettings.HTML,
                "none")) {
            run.put(ACTION).untilDone();
        }
        assertThat(mails()[0].getSubject()).isEqualTo("outage");
        assertThat(mails()[0].getContent().toString().strip()).isEqualTo("Hi thread-1");
    }

    @Test
    void shouldWaitForAServerThatIsDown() {
        int port = server.getSmtp().getPort();
        server.stop();
        try (var run = new SinkTaskRun(new MailSinkTask(), config(port))) {
            run.put(ACTION).put();
            assertThat(run.committed()).isZero();
            assertThat(run.letters()).isEmpty();
            server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
            server.start();
            run.untilDone();
        }
        assertThat(mails()).hasSize(1);
    }

    @Test
    void shouldWaitWhileTheLoginIsRefusedAndNotTryAtOnce() {
        server.setUser("night@example.com", "anna", "correct horse");
        try (var run =
                run(MailSinkSettings.LOGIN.user(), "anna", MailSinkSettings.LOGIN.password(), "battery staple")) {
            run.put(ACTION);
            assertThat(run.timeout()).isBetween(240_000L, 300_000L);
            assertThat(run.letters()).isEmpty();
        }
        try (var run = run(MailSinkSettings.LOGIN.user(), "anna", MailSinkSettings.LOGIN.password(), "correct horse")) {
            run.put(ACTION).untilDone();
        }
        assertThat(mails()).hasSize(1);
    }

    @Test
    void shouldSendNothingWithoutStarttlsAndNothingToAServerThatIsNotTrusted() {
        try (var run = run(MailSinkSettings.SECURITY, "starttls")) {
            run.put(ACTION);
            assertThat(run.committed()).isZero();
        }
        var tls = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
        tls.start();
        try (var run = new SinkTaskRun(
                new MailSinkTask(), config(tls.getSmtps().getPort(), MailSinkSettings.SECURITY, "tls"))) {
            run.put(ACTION);
            assertThat(run.committed()).isZero();
            assertThat(run.letters()).isEmpty();
            assertThat(tls.getReceivedMessages()).isEmpty();
        } finally {
            tls.stop();
        }
    }

    @Test
    void shouldWaitAfterATemporaryRefusalAndBuryAfterThreeOthers() throws Exception {
        try (var busy = new SmtpScript("451 4.3.0 try later", 1);
                var run = new SinkTaskRun(new MailSinkTask(), config(busy.port()))) {
            run.put(ACTION).untilDone();
            assertThat(run.letters()).isEmpty();
            assertThat(busy.accepted()).isEqualTo(1);
        }
        try (var strict = new SmtpScript("550 5.7.1 no such user", 100);
                var run = new SinkTaskRun(new MailSinkTask(), config(strict.port()))) {
            run.put(ACTION).untilDone();
            assertThat(run.letters()).isNotEmpty().allSatisfy(letter -> assertThat(letter.cause())
                    .contains("550 5.7.1"));
        }
    }
}

package dev.vorrang.ingest.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vorrang.schemas.Address;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.ParseStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each hostile mail of the corpus gives the record that is asked for. */
class HostileMailTest {
    private final MailDecoder decoder = new MailDecoder(DecoderLimits.defaults(), Clock.systemUTC());

    @TestFactory
    List<DynamicTest> shouldGiveTheRecordThatIsAskedFor() throws IOException {
        Path folder = MailCorpus.require("hostile/mail");
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonNode> row :
                MailCorpus.json(folder.resolve("expected.json")).properties()) {
            Path file = folder.resolve("messages").resolve(row.getKey());
            tests.add(DynamicTest.dynamicTest(row.getKey(), () -> check(file, row.getValue())));
        }
        return tests;
    }

    private void check(Path file, JsonNode expected) {
        RawMail raw = MailCorpus.mail(file);
        EmailMessage mail = Records.decode(decoder, raw);
        if (expected.has("subject")) {
            assertThat(mail.getSubject()).isEqualTo(expected.get("subject").asText());
        }
        if (expected.has("text_contains")) {
            assertThat(mail.getText()).contains(expected.get("text_contains").asText());
        }
        if (expected.has("truncated")) {
            assertThat(mail.getParseStatus() == ParseStatus.LIMIT)
                    .as("%s", mail.getParseNotes())
                    .isEqualTo(expected.get("truncated").asBoolean());
        }
        if (expected.path("text_truncated").asBoolean()) {
            assertThat(mail.getTextTruncated()).isTrue();
            assertThat(mail.getParseStatus()).isEqualTo(ParseStatus.LIMIT);
        }
        if (expected.has("from_addr")) {
            List<String> from = new ArrayList<>();
            expected.get("from_addr").forEach(address -> from.add(address.asText()));
            assertThat(mail.getFrom()).extracting(Address::getAddress).isEqualTo(from);
        }
        if (expected.has("flag")) {
            assertThat(mail.getFlags()).contains(expected.get("flag").asText());
        }
        if (expected.path("subject_no_crlf").asBoolean()) {
            assertThat(mail.getSubject()).doesNotContain("\r", "\n").isNotEmpty();
        }
        assertThat(mail.getReceivedAt()).isEqualTo(raw.receivedAt());
        if (file.getFileName().toString().startsWith("date-")) {
            assertThat(mail.getSentAt()).isNull();
        }
    }
}

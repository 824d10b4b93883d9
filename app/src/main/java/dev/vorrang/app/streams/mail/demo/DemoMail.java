package dev.vorrang.app.streams.mail.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of the demo's mails as {@code mails.yaml} has it; that file explains the fields.
 *
 * @param id names the mail within the demo, and is part of its Message-ID
 * @param after how long after the mail before it this one arrives
 * @param text plain text; at least one of text and html is there
 * @param replyTo id of the mail that it answers, if it does
 * @param charset of the text
 */
record DemoMail(
        String id,
        Duration after,
        String from,
        String subject,
        Optional<String> text,
        Optional<String> html,
        Optional<String> replyTo,
        Map<String, String> headers,
        Charset charset,
        Optional<Attachment> attachment) {

    private static final String RESOURCE = "mails.yaml";
    private static final int DEFAULT_AFTER_MILLIS = 450;

    /** @param text the content; it is sent as UTF-8 */
    record Attachment(String name, String type, String text) {}

    /** Every mail of the demo, in the order in which they arrive. */
    static List<DemoMail> all() {
        try (var in = DemoMail.class.getResourceAsStream(RESOURCE)) {
            return new YAMLMapper()
                    .readValue(in, new TypeReference<List<Entry>>() {}).stream()
                            .map(Entry::mail)
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
    }

    /** An entry of the file, where most fields may be absent. */
    private record Entry(
            @JsonProperty(required = true) String id,
            Integer after,
            @JsonProperty(required = true) String from,
            @JsonProperty(required = true) String subject,
            String text,
            String html,
            String replyTo,
            Map<String, String> headers,
            String charset,
            Attachment attachment) {

        DemoMail mail() {
            return new DemoMail(
                    id,
                    Duration.ofMillis(after == null ? DEFAULT_AFTER_MILLIS : after),
                    from,
                    subject,
                    Optional.ofNullable(text),
                    Optional.ofNullable(html),
                    Optional.ofNullable(replyTo),
                    headers == null ? Map.of() : headers,
                    charset == null ? StandardCharsets.UTF_8 : Charset.forName(charset),
                    Optional.ofNullable(attachment));
        }
    }
}

package dev.vorrang.schemas.desk;

import dev.vorrang.schemas.Action;
import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.DeskEventType;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Links that acknowledge a record, signed with HMAC-SHA-256 (RFC 2104) over all that they say. Whoever has a link may acknowledge its
 * record until it expires, and nothing else. Thread-safe.
 */
public final class AcknowledgeLink {

    /** Path that links have. */
    public static final String PATH = "/acknowledge";

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAX_QUERY = 8_000;
    private static final int MAX_WHO = 100;

    private final SecretKeySpec key;
    private final Clock clock;

    /**
     * What a link says.
     *
     * @param id of the link, which all of its uses share
     */
    public record Content(String action, String stream, String record, Instant expires, String id) {

        /**
         * The event of a link that is used.
         *
         * @param who used it; if that is empty, the channel stands for it
         * @param channel through which it came back
         */
        public DeskEvent acknowledged(String who, String channel, Instant now) {
            String name = who.strip();
            return DeskEvent.newBuilder()
                    .setId(id)
                    .setRecord(record)
                    .setStream(stream)
                    .setType(DeskEventType.ACKNOWLEDGED)
                    .setWho(name.isEmpty() ? channel : name.substring(0, Math.min(MAX_WHO, name.length())))
                    .setChannel(channel)
                    .setAt(now)
                    .build();
        }
    }

    /** @param secret that signs */
    public AcknowledgeLink(byte[] secret, Clock clock) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
        this.clock = clock;
    }

    /**
     * The link of an action.
     *
     * @param base address under which people reach this program
     * @param valid how long, from the time of the action
     */
    public String of(Action action, URI base, Duration valid) {
        long expires = action.getCreatedAt().plus(valid).getEpochSecond();
        String signature = signature(action.getName(), action.getStream(), action.getRecord(), expires);
        return base.toString().replaceFirst("/+$", "") + PATH + "?action=" + encoded(action.getName()) + "&stream="
                + encoded(action.getStream()) + "&record=" + encoded(action.getRecord()) + "&expires=" + expires
                + "&signature=" + signature;
    }

    /** What a link says, if it is signed with the secret and has not expired. */
    public Optional<Content> read(String query) {
        if (query.length() > MAX_QUERY) {
            return Optional.empty();
        }
        Map<String, String> values = parameters(query);
        if (!values.getOrDefault("expires", "").matches("\\d{1,12}")) {
            return Optional.empty();
        }
        String action = values.getOrDefault("action", "");
        String stream = values.getOrDefault("stream", "");
        String record = values.getOrDefault("record", "");
        long expires = Long.parseLong(values.get("expires"));
        String given = values.getOrDefault("signature", "");
        String right = signature(action, stream, record, expires);
        boolean signed =
                MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
        return signed && clock.instant().isBefore(Instant.ofEpochSecond(expires))
                ? Optional.of(new Content(action, stream, record, Instant.ofEpochSecond(expires), "link-" + right))
                : Optional.empty();
    }

    /** Of a query or a form; of parameters with one name the first. What cannot be decoded is left out. */
    public static Map<String, String> parameters(String encoded) {
        var values = new HashMap<String, String>();
        for (String each : encoded.split("&")) {
            int equals = each.indexOf('=');
            try {
                if (equals > 0) {
                    values.putIfAbsent(decoded(each.substring(0, equals)), decoded(each.substring(equals + 1)));
                }
            } catch (IllegalArgumentException e) {
                // As if it were not there.
            }
        }
        return values;
    }

    /** With their lengths, so that no two contents are signed alike. */
    private String signature(String action, String stream, String record, long expires) {
        var content = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(content)) {
            for (String each : new String[] {"acknowledge", action, stream, record}) {
                byte[] bytes = each.getBytes(StandardCharsets.UTF_8);
                out.writeInt(bytes.length);
                out.write(bytes);
            }
            out.writeLong(expires);
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(content.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("each Java has " + ALGORITHM, e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}

package dev.vorrang.connectors.sink.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests as in Standard Webhooks, https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md:
 * HMAC-SHA256 over id, time and body, so that none can be changed or sent again later.
 */
final class Signature {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String BASE64_PREFIX = "whsec_";

    private final SecretKeySpec key;

    /** @throws IllegalArgumentException if the secret has the prefix of Base64 and is none */
    Signature(String secret) {
        try {
            var bytes = secret.startsWith(BASE64_PREFIX)
                    ? Base64.getDecoder().decode(secret.substring(BASE64_PREFIX.length()))
                    : secret.getBytes(StandardCharsets.UTF_8);
            key = new SecretKeySpec(bytes, ALGORITHM);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("allowed is any text, or " + BASE64_PREFIX + " and Base64");
        }
    }

    /**
     * Value of the header webhook-signature.
     *
     * @param seconds since 1970
     */
    String of(String id, long seconds, String body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            var signed = (id + "." + seconds + "." + body).getBytes(StandardCharsets.UTF_8);
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}

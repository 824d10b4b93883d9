package dev.vorrang.console.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * How a password is kept: Argon2id (RFC 9106) in the format of the PHC, {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}, by the
 * parameters that OWASP's Password Storage Cheat Sheet recommends. Immutable.
 */
public final class PasswordHash {

    private static final int MEMORY_KIB = 19_456;
    private static final int ITERATIONS = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern FORMAT = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{2,7}),t=(\\d{1,2}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{16,172})");

    private final String text;
    private final int memory;
    private final int iterations;
    private final int lanes;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(String text, int memory, int iterations, int lanes, byte[] salt, byte[] hash) {
        this.text = text;
        this.memory = memory;
        this.iterations = iterations;
        this.lanes = lanes;
        this.salt = salt;
        this.hash = hash;
    }

    /** Of a password, with a new salt; takes some 50 ms and 19 MiB. */
    public static PasswordHash of(String password) {
        var salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        byte[] hash = argon2(password, MEMORY_KIB, ITERATIONS, LANES, salt, HASH_BYTES);
        var base64 = Base64.getEncoder().withoutPadding();
        String text = "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + ITERATIONS + ",p=" + LANES + "$"
                + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
        return new PasswordHash(text, MEMORY_KIB, ITERATIONS, LANES, salt, hash);
    }

    /** @throws IllegalArgumentException if it is not in the format, or needs more than 1 GiB */
    public static PasswordHash parse(String text) {
        Matcher parts = FORMAT.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(1)) > 1 << 20) {
            throw new IllegalArgumentException(
                    "allowed is an Argon2id hash such as $argon2id$v=19$m=19456,t=2,p=1$…$…");
        }
        return new PasswordHash(
                text,
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                Base64.getDecoder().decode(parts.group(4)),
                Base64.getDecoder().decode(parts.group(5)));
    }

    /** Whether it is this password's; takes as long whatever the answer. */
    public boolean isOf(String password) {
        return MessageDigest.isEqual(hash, argon2(password, memory, iterations, lanes, salt, hash.length));
    }

    private static byte[] argon2(String password, int memory, int iterations, int lanes, byte[] salt, int length) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memory)
                .withIterations(iterations)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        var result = new byte[length];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), result);
        return result;
    }

    /** As it is kept in a file. */
    public String text() {
        return text;
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return "PasswordHash";
    }
}

package dev.vorrang.console.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Tokens by which programs call the API. Of the secret only a hash is kept, in a file that is this system user's alone: a line
 * {@code id owner source role created expires hash name} each. Thread-safe.
 */
final class ApiTokens {

    private static final String PREFIX = "vorrang_";
    private static final int MAX = 1_000;
    private static final int PER_OWNER = 50;
    private static final Duration MAX_VALID = Duration.ofDays(366);
    private static final int ID = 12;

    private final Optional<Path> file;
    private final Clock clock;
    private final Map<String, Kept> byHash = new LinkedHashMap<>();

    private record Kept(ApiToken token, String hash) {}

    /**
     * @param file empty to keep them in memory alone
     * @throws UncheckedIOException if it cannot be read
     */
    ApiTokens(Optional<Path> file, Clock clock) {
        this.file = file;
        this.clock = clock;
        file.filter(Files::exists).ifPresent(this::read);
    }

    /**
     * Makes a token.
     *
     * @return its secret, which nobody sees again
     * @throws IllegalArgumentException if name or expiry are not allowed, or there are too many
     */
    synchronized Made make(User owner, String name, Role role, Instant expires) {
        Instant now = clock.instant();
        if (name.isBlank() || name.length() > User.MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("name: allowed are 1 to " + User.MAX_NAME + " characters");
        }
        if (!expires.isAfter(now) || expires.isAfter(now.plus(MAX_VALID))) {
            throw new IllegalArgumentException(
                    "expires " + expires + ": allowed is a time within " + MAX_VALID.toDays() + " days from " + now);
        }
        byHash.values().removeIf(each -> !each.token().expires().isAfter(now));
        long own = byHash.values().stream()
                .filter(each -> each.token().isOf(owner))
                .count();
        if (byHash.size() >= MAX || own >= PER_OWNER) {
            throw new IllegalArgumentException("there are " + own + " tokens of " + owner.name() + ", " + byHash.size()
                    + " of all: allowed are " + PER_OWNER + " and " + MAX);
        }
        String secret = PREFIX + Secrets.make();
        String hash = Secrets.hash(secret);
        String id = Secrets.make().substring(0, ID);
        var token = new ApiToken(id, name, owner.name(), owner.source(), role, now, expires);
        byHash.put(hash, new Kept(token, hash));
        write();
        return new Made(secret, token);
    }

    /** The one of a secret, if it has not expired. */
    synchronized Optional<ApiToken> find(String secret) {
        return Optional.ofNullable(byHash.get(Secrets.hash(secret)))
                .map(Kept::token)
                .filter(token -> token.expires().isAfter(clock.instant()));
    }

    /** Those that have not expired. */
    synchronized List<ApiToken> list() {
        Instant now = clock.instant();
        return byHash.values().stream()
                .map(Kept::token)
                .filter(token -> token.expires().isAfter(now))
                .toList();
    }

    /** Ends one; empty if there is none that the caller may end. */
    synchronized Optional<ApiToken> revoke(String id, Predicate<ApiToken> allowed) {
        Optional<Kept> found = byHash.values().stream()
                .filter(each -> each.token().id().equals(id) && allowed.test(each.token()))
                .findFirst();
        found.ifPresent(each -> {
            byHash.remove(each.hash());
            write();
        });
        return found.map(Kept::token);
    }

    private void write() {
        if (file.isEmpty()) {
            return;
        }
        var lines = new ArrayList<String>();
        byHash.values().forEach(each -> lines.add(line(each)));
        try {
            OwnFiles.createFolder(file.get().toAbsolutePath().getParent());
            OwnFiles.write(file.get(), String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(file.get() + " cannot be written", e);
        }
    }

    private static String line(Kept each) {
        ApiToken token = each.token();
        return String.join(
                " ",
                token.id(),
                encoded(token.owner()),
                token.source().name(),
                token.role().name(),
                token.created().toString(),
                token.expires().toString(),
                each.hash(),
                encoded(token.name()));
    }

    private void read(Path path) {
        try {
            OwnFiles.requirePrivate(path);
            for (String line : Files.readAllLines(path)) {
                if (!line.isBlank()) {
                    Kept kept = parse(path, line.split(" "));
                    byHash.put(kept.hash(), kept);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static Kept parse(Path path, String[] parts) throws IOException {
        try {
            var token = new ApiToken(
                    parts[0],
                    decoded(parts[7]),
                    decoded(parts[1]),
                    User.Source.valueOf(parts[2]),
                    Role.valueOf(parts[3]),
                    Instant.parse(parts[4]),
                    Instant.parse(parts[5]));
            return new Kept(token, parts[6]);
        } catch (RuntimeException e) {
            throw new IOException(path + " has a line that is no token: delete the line, or the file", e);
        }
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String text) {
        return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    }

    /**
     * A token that was made.
     *
     * @param secret that the program sends
     */
    record Made(String secret, ApiToken token) {

        /** Without the secret. */
        @Override
        public String toString() {
            return "Made[" + token + "]";
        }
    }
}

package dev.vorrang.console.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Slows down guessing: after some failures of a name or an address within a quarter of an hour, no further login of it is tried until the
 * first of them is past. An attempt counts before it is checked, so that many at once are no way around. Thread-safe.
 */
final class LoginLimiter {

    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final int PER_USER = 10;
    private static final int PER_ADDRESS = 30;
    private static final int MAX_KEYS = 20_000;

    private final Clock clock;
    /** When attempts were, the oldest first; of names that were used longest ago the first are forgotten. */
    private final Map<String, Deque<Instant>> attempts = new LinkedHashMap<>(16, .75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
            return size() > MAX_KEYS;
        }
    };

    LoginLimiter(Clock clock) {
        this.clock = clock;
    }

    /**
     * Counts an attempt.
     *
     * @param user empty if it has no name
     * @throws TooManyLoginsException if there were too many
     */
    synchronized void attempt(Optional<String> user, String address) {
        Instant now = clock.instant();
        var byUser = user.map(name -> of(userKey(name), now));
        var byAddress = of(addressKey(address), now);
        byUser.ifPresent(each -> require(each, PER_USER, now));
        require(byAddress, PER_ADDRESS, now);
        byUser.ifPresent(each -> each.addLast(now));
        byAddress.addLast(now);
    }

    /** Forgets the attempts of a user who logged in, and the last one of the address. */
    synchronized void succeeded(Optional<String> user, String address) {
        user.ifPresent(name -> attempts.remove(userKey(name)));
        var byAddress = attempts.get(addressKey(address));
        if (byAddress != null) {
            byAddress.pollLast();
        }
    }

    private static void require(Deque<Instant> before, int most, Instant now) {
        if (before.size() >= most) {
            Duration left = Duration.between(now, before.peekFirst().plus(WINDOW));
            throw new TooManyLoginsException(left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left);
        }
    }

    private Deque<Instant> of(String key, Instant now) {
        var times = attempts.computeIfAbsent(key, any -> new ArrayDeque<>());
        // What is of the future was before a clock was set back.
        times.removeIf(each -> !each.plus(WINDOW).isAfter(now) || each.isAfter(now));
        return times;
    }

    private static String userKey(String user) {
        return "user " + Secrets.hash(user);
    }

    /** Of IPv6 the network: who has one address of it has all. */
    private static String addressKey(String address) {
        if (!address.contains(":")) {
            return "address " + address;
        }
        List<String> groups = List.of(address.replaceFirst("%.*", "").split(":"));
        return "network " + String.join(":", groups.subList(0, Math.min(4, groups.size())));
    }
}

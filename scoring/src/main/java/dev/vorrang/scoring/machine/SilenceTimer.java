package dev.vorrang.scoring.machine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Tells from which machines of a task nothing came for longer than it should. Only time counts in which the task listened and was not
 * behind: neither while it was down, nor while its thread was held up, nor while it reads what has piled up. How long each machine may
 * take is in the store, so that a machine that is silent since before a restart is noticed, too. For one thread.
 */
final class SilenceTimer {

    /** How often {@link #due} is to be asked. */
    static final Duration PERIOD = Duration.ofSeconds(30);

    /** A task that reads what was received before that is behind. */
    private static final Duration BEHIND = Duration.ofMinutes(1);

    /** No name of a machine has no characters, so these keys come before all others of the store. */
    private static final byte[] FIRST = {0, 0};

    private static final byte[] LAST = {0, 1};

    private final KeyValueStore<Bytes, byte[]> store;
    private final Map<String, Expected> expected = new HashMap<>();
    private final Instant started;
    private boolean loaded;
    private Instant listening;
    private Instant asked;

    /** @param minutes after which a machine that was heard of at a time is silent */
    private record Expected(Instant heard, int minutes) {}

    SilenceTimer(KeyValueStore<Bytes, byte[]> store, Instant now) {
        this.store = store;
        this.started = now;
        this.listening = now;
        this.asked = now;
    }

    private void load() {
        try (var stored = store.range(Bytes.wrap(FIRST), Bytes.wrap(LAST))) {
            stored.forEachRemaining(entry -> expected.putIfAbsent(
                    machine(entry.key),
                    new Expected(started, ByteBuffer.wrap(entry.value).getInt())));
        }
        loaded = true;
    }

    /**
     * Notes that a machine has sent something.
     *
     * @param silentAfter how long it may take until it sends again; empty if that is not known
     * @param receivedAt when a connector had it, null if that is not known
     */
    void heard(String machine, Optional<Duration> silentAfter, Instant receivedAt, Instant now) {
        if (receivedAt != null && receivedAt.plus(BEHIND).isBefore(now)) {
            listening = now;
        }
        if (silentAfter.isEmpty()) {
            return;
        }
        // In whole minutes, so that it is seldom written.
        int minutes = (int) Math.min(Integer.MAX_VALUE, silentAfter.get().toMinutes() + 1);
        Expected before = expected.put(machine, new Expected(now, minutes));
        if (before == null || before.minutes() != minutes) {
            store.put(
                    key(machine),
                    ByteBuffer.allocate(Integer.BYTES).putInt(minutes).array());
        }
    }

    /** Counts the time of a machine anew. */
    void restart(String machine, Instant now) {
        expected.computeIfPresent(machine, (name, each) -> new Expected(now, each.minutes()));
    }

    /** Expects nothing more of a machine until it sends again. */
    void stop(String machine) {
        expected.remove(machine);
    }

    /** Machines that are silent now. */
    List<String> due(Instant now) {
        if (!loaded) {
            load();
        }
        boolean heldUp = asked.plus(PERIOD.multipliedBy(3)).isBefore(now);
        asked = now;
        if (heldUp) {
            listening = now;
        }
        return expected.entrySet().stream()
                .filter(each -> isDue(each.getValue(), now))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private boolean isDue(Expected each, Instant now) {
        Instant since = each.heard().isAfter(listening) ? each.heard() : listening;
        return !since.plus(Duration.ofMinutes(each.minutes())).isAfter(now);
    }

    private static Bytes key(String machine) {
        byte[] name = machine.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(FIRST.length + name.length)
                .put(FIRST)
                .put(name)
                .array());
    }

    private static String machine(Bytes key) {
        byte[] bytes = key.get();
        return new String(bytes, FIRST.length, bytes.length - FIRST.length, StandardCharsets.UTF_8);
    }
}

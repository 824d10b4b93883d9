package dev.vorrang.scoring.mail;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Counts the mails of a thread within a window. Bounded: a thread holds its last {@value ThreadHistory#MAX_MAILS} mails, and is
 * forgotten when no mail came for it within the window, by the clock of the program and not by the times of mails, so that a
 * mail of any time makes no other be forgotten.
 */
final class ThreadRepeats {

    static final String STORE = "mail-threads";

    private final KeyValueStore<String, ThreadHistory> store;
    private final Duration window;
    private final Clock clock;

    ThreadRepeats(KeyValueStore<String, ThreadHistory> store, Duration window, Clock clock) {
        this.store = store;
        this.window = window;
        this.clock = clock;
    }

    /** Kept in a changelog; not cached, because a cache would gain little where most threads have one mail. */
    static StoreBuilder<KeyValueStore<String, ThreadHistory>> store() {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(STORE), Serdes.String(), ThreadHistory.serde())
                .withCachingDisabled();
    }

    /**
     * Notes a mail.
     *
     * @param messageId its Message-ID, null if it has none
     * @param time when the mailbox took it in, milliseconds since 1970; clamped here to 1970 until now
     * @return other mails of the thread that came before it, with times within the window of its time; at most
     *     {@value ThreadHistory#MAX_MAILS} less one. The same again when the mail is delivered again
     */
    int note(String thread, String id, String messageId, long time) {
        ThreadHistory before = Optional.ofNullable(store.get(thread)).orElse(ThreadHistory.EMPTY);
        long now = clock.millis();
        var mail = new ThreadHistory.Mail(id, messageId == null ? id : messageId, Math.max(0, Math.min(time, now)));
        ThreadHistory after = before.with(mail, now);
        if (after != before) {
            store.put(thread, after);
        }
        return after.repeats(id, window);
    }

    /** Forgets the threads for which no mail came within the window. */
    void expire() {
        long oldest = clock.millis() - window.toMillis();
        try (KeyValueIterator<String, ThreadHistory> threads = store.all()) {
            while (threads.hasNext()) {
                var thread = threads.next();
                if (thread.value.touchedAt() < oldest) {
                    store.delete(thread.key);
                }
            }
        }
    }
}

package dev.vorrang.console.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Who is logged in. Kept in memory: a restart ends all sessions. Of the secret in the cookie only a hash is kept. Bounded; see
 * {@link SessionLimits}. Thread-safe.
 */
public final class Sessions {

    private final SessionLimits limits;
    private final Clock clock;
    /** By the hash of the secret, the oldest first. */
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private final List<Consumer<Session>> listeners = new CopyOnWriteArrayList<>();

    private static final class Entry {

        private final Session session;
        private Instant used;

        Entry(Session session) {
            this.session = session;
            this.used = session.started();
        }
    }

    /**
     * A session that has begun.
     *
     * @param secret for the cookie; nobody else knows it
     */
    public record Begun(String secret, Session session) {

        /** Without the secret. */
        @Override
        public String toString() {
            return "Begun[" + session.user() + "]";
        }
    }

    public Sessions(SessionLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Begins one with a secret that was never used. */
    public Begun begin(User user) {
        String secret = Secrets.make();
        String key = Secrets.hash(secret);
        var session = new Session(key, user, Secrets.make(), clock.instant());
        var ended = new ArrayList<Session>();
        synchronized (entries) {
            ended.addAll(removeOverdue());
            ended.addAll(removeOldest(each -> each.session.user().name().equals(user.name()), limits.perUser()));
            ended.addAll(removeOldest(each -> true, limits.all()));
            entries.put(key, new Entry(session));
        }
        tell(ended);
        return new Begun(secret, session);
    }

    /** The one of a secret, if it has not ended; counts as a use. */
    public Optional<Session> use(String secret) {
        return look(Secrets.hash(secret), true);
    }

    /** Whether a session has not ended; does not count as a use. */
    public boolean isOpen(Session session) {
        return look(session.key(), false).isPresent();
    }

    private Optional<Session> look(String key, boolean use) {
        List<Session> ended;
        Optional<Session> found;
        synchronized (entries) {
            ended = removeOverdue();
            var entry = Optional.ofNullable(entries.get(key));
            if (use) {
                entry.ifPresent(each -> each.used = clock.instant());
            }
            found = entry.map(each -> each.session);
        }
        tell(ended);
        return found;
    }

    /** Ends one, if it has not. */
    public void end(Session session) {
        Entry removed;
        synchronized (entries) {
            removed = entries.remove(session.key());
        }
        if (removed != null) {
            tell(List.of(session));
        }
    }

    /** Ends those of a user, who may no more or has another password. */
    public void endAll(Predicate<User> whose) {
        List<Session> ended;
        synchronized (entries) {
            ended = remove(each -> whose.test(each.session.user()));
        }
        tell(ended);
    }

    /** Ends what is overdue; to be called now and then. */
    public void sweep() {
        List<Session> ended;
        synchronized (entries) {
            ended = removeOverdue();
        }
        tell(ended);
    }

    /** Sessions that have not ended. */
    public int size() {
        synchronized (entries) {
            return entries.size();
        }
    }

    /** @param listener is told of each session that ends */
    public void onEnd(Consumer<Session> listener) {
        listeners.add(listener);
    }

    private void tell(List<Session> ended) {
        ended.forEach(session -> listeners.forEach(each -> each.accept(session)));
    }

    private List<Session> removeOverdue() {
        Instant now = clock.instant();
        return remove(each ->
                overdue(each.used, limits.idle(), now) || overdue(each.session.started(), limits.longest(), now));
    }

    /** A clock that was set back by more than the limit ends a session as well. */
    private static boolean overdue(Instant since, Duration limit, Instant now) {
        return Duration.between(since, now).abs().compareTo(limit) >= 0;
    }

    private List<Session> removeOldest(Predicate<Entry> which, int most) {
        long there = entries.values().stream().filter(which).count();
        var left = new long[] {there - most + 1};
        return remove(each -> which.test(each) && left[0]-- > 0);
    }

    private List<Session> remove(Predicate<Entry> which) {
        var removed = new ArrayList<Session>();
        entries.values().removeIf(each -> {
            boolean goes = which.test(each);
            if (goes) {
                removed.add(each.session);
            }
            return goes;
        });
        return removed;
    }
}

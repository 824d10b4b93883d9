package dev.vorrang.console.api;

import java.util.HashMap;
import java.util.Map;

/**
 * What a route answers.
 *
 * @param body written as JSON; null for none
 * @param <A> type of the body
 */
public record Reply<A>(A body, Map<String, String> headers) {

    public Reply {
        headers = Map.copyOf(headers);
    }

    public static <A> Reply<A> of(A body) {
        return new Reply<>(body, Map.of());
    }

    public static Reply<Void> empty() {
        return new Reply<>(null, Map.of());
    }

    /** The same with a header. */
    public Reply<A> with(String header, String value) {
        var all = new HashMap<>(headers);
        all.put(header, value);
        return new Reply<>(body, all);
    }
}

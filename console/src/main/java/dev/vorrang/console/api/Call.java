package dev.vorrang.console.api;

import java.util.Map;

/**
 * A request that a route answers: all values were read and are allowed.
 *
 * @param <B> type of the body
 */
public final class Call<B> {

    private final Caller caller;
    private final Map<Param<?>, Object> values;
    private final B body;

    Call(Caller caller, Map<Param<?>, Object> values, B body) {
        this.caller = caller;
        this.values = values;
        this.body = body;
    }

    public Caller caller() {
        return caller;
    }

    /** Null if the route takes none. */
    public B body() {
        return body;
    }

    /**
     * The value of a parameter.
     *
     * @throws IllegalStateException if the route does not declare it
     */
    @SuppressWarnings("unchecked")
    public <T> T get(Param<T> parameter) {
        Object value = values.get(parameter);
        if (value == null) {
            throw new IllegalStateException("the route does not declare the parameter " + parameter.name());
        }
        return (T) value;
    }
}

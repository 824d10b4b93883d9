package dev.vorrang.console.api;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A request that is refused; answered as a problem (RFC 9457). */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Problem problem;
    private final transient Map<String, String> headers;

    private ProblemException(Problem problem, Map<String, String> headers, Throwable cause) {
        super(problem.detail(), cause);
        this.status = problem.status();
        this.problem = problem;
        this.headers = Map.copyOf(headers);
    }

    /** @param detail for people; names field, value and what is allowed where there is one */
    public static ProblemException of(int status, String detail) {
        return new ProblemException(Problem.of(status, detail), Map.of(), null);
    }

    public static ProblemException of(int status, String detail, Throwable cause) {
        return new ProblemException(Problem.of(status, detail), Map.of(), cause);
    }

    /** That a field of the request is not allowed. */
    public static ProblemException field(String field, String value, String allowed) {
        return field(400, field, value, allowed);
    }

    public static ProblemException field(int status, String field, String value, String allowed) {
        var problem = Problem.of(status, field + " '" + shortened(value) + "': allowed is " + allowed)
                .with(field, shortened(value), allowed);
        return new ProblemException(problem, Map.of(), null);
    }

    /** There is no such thing. */
    public static ProblemException notFound(String what, String name) {
        return new ProblemException(
                Problem.of(404, "there is no " + what + " '" + shortened(name) + "'"), Map.of(), null);
    }

    /** Not now; the same request may be sent again. */
    public static ProblemException unavailable(String detail, Throwable cause) {
        return new ProblemException(Problem.of(503, detail), Map.of("Retry-After", "5"), cause);
    }

    /** The same with a header of the answer. */
    public ProblemException with(String header, String value) {
        var all = new HashMap<>(headers);
        all.put(header, value);
        return new ProblemException(problem, all, getCause());
    }

    public int status() {
        return status;
    }

    public Problem problem() {
        return problem;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /** Of a status. */
    static String title(int status) {
        return Problem.TITLES.getOrDefault(status, "Error");
    }

    private static String shortened(String value) {
        return value.length() > Problem.MAX_VALUE ? value.substring(0, Problem.MAX_VALUE) + "…" : value;
    }

    /**
     * What is wrong with a request (RFC 9457).
     *
     * @param title of the status
     * @param detail for people
     * @param field of the request that is not allowed
     * @param value that it has
     * @param allowed what it may have
     */
    public record Problem(
            String type,
            String title,
            int status,
            String detail,
            Optional<String> field,
            Optional<String> value,
            Optional<String> allowed) {

        private static final int MAX_VALUE = 200;
        private static final Map<Integer, String> TITLES = Map.ofEntries(
                Map.entry(400, "Bad request"),
                Map.entry(401, "Not logged in"),
                Map.entry(403, "Not allowed"),
                Map.entry(404, "Not found"),
                Map.entry(405, "Method not allowed"),
                Map.entry(409, "Conflict"),
                Map.entry(413, "Too large"),
                Map.entry(415, "Unsupported media type"),
                Map.entry(421, "Misdirected request"),
                Map.entry(429, "Too many requests"),
                Map.entry(500, "Internal error"),
                Map.entry(503, "Not available"));

        static Problem of(int status, String detail) {
            return new Problem(
                    "about:blank",
                    ProblemException.title(status),
                    status,
                    detail,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        Problem with(String field, String value, String allowed) {
            return new Problem(
                    type, title, status, detail, Optional.of(field), Optional.of(value), Optional.of(allowed));
        }
    }
}

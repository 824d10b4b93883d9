package dev.vorrang.connectors.sink.http;

import dev.vorrang.connectors.sink.DeliveryException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;

/** What an answer means. */
final class HttpOutcome {

    /** The server takes nothing now, or does not know us: RFC 9110 and RFC 6585. */
    private static final Set<Integer> UNAVAILABLE = Set.of(401, 407, 408, 425, 429, 502, 503, 504);
    /** The request is wrong, and would be at another time too. */
    private static final Set<Integer> REFUSED = Set.of(400, 405, 406, 411, 413, 414, 415, 422, 431);

    private static final int SHOWN = 300;

    private HttpOutcome() {}

    /** @throws DeliveryException unless the status is 2xx */
    static void check(String target, HttpResponse<String> response, Instant now) throws DeliveryException {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return;
        }
        var message = target + " answers " + status + said(response);
        if (UNAVAILABLE.contains(status)) {
            throw DeliveryException.unavailable(message, retryAfter(response, now));
        }
        if (REFUSED.contains(status)) {
            throw DeliveryException.refused(message, null);
        }
        throw DeliveryException.failed(message, null);
    }

    private static String said(HttpResponse<String> response) {
        if (response.statusCode() / 100 == 3) {
            // The new address may have the secret of the old one in it.
            return " and redirects elsewhere, which is not followed: set " + HttpSinkSettings.URL
                    + " to the right address";
        }
        var body = response.body().strip();
        return body.isEmpty() ? "" : ": " + body.substring(0, Math.min(SHOWN, body.length()));
    }

    /** RFC 9110, 10.2.3: seconds or a date. */
    static Optional<Duration> retryAfter(HttpResponse<?> response, Instant now) {
        return response.headers().firstValue("Retry-After").map(String::strip).flatMap(text -> parse(text, now));
    }

    private static Optional<Duration> parse(String text, Instant now) {
        if (text.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            var time = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(now, time)).filter(wait -> !wait.isNegative());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}

package dev.vorrang.app.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What values a key takes.
 *
 * @param allowed in words, to follow "allowed is"
 * @param parser throws a RuntimeException on what is not allowed
 * @param <T> type of the values
 */
public record Kind<T>(String allowed, Function<String, T> parser) {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h|d)");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    /** The same values, each of which must also be accepted by the function. */
    public <U> Kind<U> map(Function<T, U> further) {
        return new Kind<>(allowed, parser.andThen(further));
    }

    public Kind<T> named(String words) {
        return new Kind<>(words, parser);
    }

    public static Kind<String> text() {
        return new Kind<>("text", Function.identity());
    }

    public static Kind<String> text(String allowed, String pattern) {
        var compiled = Pattern.compile(pattern);
        return new Kind<>(allowed, text -> {
            require(compiled.matcher(text).matches(), allowed);
            return text;
        });
    }

    public static Kind<Secret> secret() {
        return new Kind<>("text", Secret::new);
    }

    public static Kind<Boolean> flag() {
        return new Kind<>("true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("true or false");
        });
    }

    public static Kind<Integer> integer(int least, int most) {
        var allowed = most == Integer.MAX_VALUE
                ? "a whole number from " + least
                : "a whole number from " + least + " to " + most;
        return new Kind<>(allowed, text -> {
            int number = Integer.parseInt(text);
            require(number >= least && number <= most, allowed);
            return number;
        });
    }

    public static Kind<Integer> port() {
        return integer(1, 65_535);
    }

    /** Where 0 takes any free port. */
    public static Kind<Integer> listeningPort() {
        return integer(0, 65_535).named("a whole number from 0 (any free port) to 65535");
    }

    public static Kind<Double> decimal(double least, double most) {
        var allowed = "a number from " + plain(least) + " to " + plain(most);
        return new Kind<>(allowed, text -> {
            double number = Double.parseDouble(text);
            require(number >= least && number <= most, allowed);
            return number;
        });
    }

    /** The constants of an enum, in lower case. */
    public static <E extends Enum<E>> Kind<E> oneOf(Class<E> type) {
        var allowed = Stream.of(type.getEnumConstants()).map(Kind::word).collect(Collectors.joining(", "));
        return new Kind<>("one of " + allowed, text -> Stream.of(type.getEnumConstants())
                .filter(constant -> word(constant).equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(allowed)));
    }

    public static Kind<Duration> duration(Duration least, Duration most) {
        var allowed =
                "a time from " + least.toMillis() + "ms to " + most.toMillis() + "ms, such as 250ms, 30s, 5m or 1h";
        return new Kind<>(allowed, text -> {
            var matcher = DURATION.matcher(text);
            require(matcher.matches(), allowed);
            var duration = UNITS.get(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1)));
            require(duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0, allowed);
            return duration;
        });
    }

    public static Kind<URI> httpUrl() {
        var allowed = "an http or https URL, such as https://registry.example.org:8081";
        return new Kind<>(allowed, text -> {
            var uri = URI.create(text);
            require(
                    uri.getHost() != null
                            && uri.getScheme() != null
                            && uri.getScheme().matches("https?"),
                    allowed);
            return uri;
        });
    }

    public static Kind<Path> path() {
        return new Kind<>("a path", Path::of);
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static void require(boolean holds, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(allowed);
        }
    }
}

package dev.vorrang.connectors.settings;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** What a setting may be. A validator's text is what the reference shows, and each message says what is allowed. */
public final class Allowed {

    private Allowed() {}

    /** Any text but none. */
    public static ConfigDef.Validator text() {
        return ConfigDef.CompositeValidator.of(new ConfigDef.NonNullValidator(), new ConfigDef.NonEmptyString());
    }

    /**
     * Empty, or what a parser takes.
     *
     * @param parser throws any exception for a text that it does not take
     */
    public static ConfigDef.Validator emptyOr(Consumer<String> parser, String allowed) {
        return parsed(
                text -> {
                    if (!text.isEmpty()) {
                        parser.accept(text);
                    }
                },
                allowed);
    }

    /** What a parser takes, white space around it aside. */
    public static ConfigDef.Validator parsed(Consumer<String> parser, String allowed) {
        return ConfigDef.LambdaValidator.with(
                (name, value) -> {
                    try {
                        parser.accept(value == null ? "" : ((String) value).strip());
                    } catch (RuntimeException e) {
                        throw new ConfigException(name, value, message(e, allowed));
                    }
                },
                () -> allowed);
    }

    /** What a pattern matches, white space around it aside. */
    public static ConfigDef.Validator matching(Pattern pattern, String allowed) {
        return parsed(
                text -> {
                    if (!pattern.matcher(text).matches()) {
                        throw new IllegalArgumentException("allowed: " + allowed);
                    }
                },
                allowed);
    }

    /** A list of at least one element, each of which matches. */
    public static ConfigDef.Validator list(Predicate<String> element, String allowed) {
        return ConfigDef.LambdaValidator.with(
                (name, value) -> {
                    var elements = (List<?>) value;
                    if (elements == null
                            || elements.isEmpty()
                            || !elements.stream().allMatch(each -> element.test((String) each))) {
                        throw new ConfigException(name, value, "allowed: " + allowed);
                    }
                },
                () -> allowed);
    }

    /** Vorrang's own parsers say what is allowed, and better for the text at hand. */
    private static String message(RuntimeException e, String allowed) {
        String own = String.valueOf(e.getMessage());
        return own.contains("allowed") ? own : "allowed: " + allowed + " (" + own + ")";
    }
}

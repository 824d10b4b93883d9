package dev.vorrang.app.kit;

import java.util.Optional;

/**
 * A command of a stream.
 *
 * @param group of commands in which it stands, {@code vorrang <group> <stream>}; empty for {@code vorrang <command>}
 * @param command with its name, annotated for picocli
 */
public record StreamCommand(Optional<Group> group, Object command) {

    /** What can be done with more than one stream. */
    public enum Group {
        DECODE("decode", "Shows what is read from a record, without a model and without Kafka."),
        SCORE("score", "Scores records from files, without Kafka."),
        TRAIN("train", "Trains a model."),
        EVALUATE("evaluate", "Measures a model on data whose truth is known."),
        REPLAY("replay", "Sends what was recorded, at the speed at which it came or any other."),
        BENCH("bench", "Measures how fast a stream is on this machine.");

        private final String word;
        private final String description;

        Group(String word, String description) {
            this.word = word;
            this.description = description;
        }

        public String word() {
            return word;
        }

        public String description() {
            return description;
        }
    }

    /** One that stands in a group. */
    public static StreamCommand in(Group group, Object command) {
        return new StreamCommand(Optional.of(group), command);
    }

    /** One that stands by itself. */
    public static StreamCommand alone(Object command) {
        return new StreamCommand(Optional.empty(), command);
    }
}

package dev.vorrang.app.settings;

import java.util.List;

/** Settings that cannot be used; the message has all problems, one a line, each with key, value and what is allowed. */
public final class SettingsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    SettingsException(String where, List<String> problems, Throwable cause) {
        super(where + ": " + count(problems.size()) + "\n  " + String.join("\n  ", problems), cause);
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }

    private static String count(int problems) {
        return problems == 1 ? "1 problem" : problems + " problems";
    }
}

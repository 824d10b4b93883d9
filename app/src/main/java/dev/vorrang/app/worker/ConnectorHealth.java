package dev.vorrang.app.worker;

import java.util.Optional;

/**
 * How a connector is.
 *
 * @param running whether it and all its tasks run
 * @param failure why one of them ended, in one line, if one did
 */
public record ConnectorHealth(boolean running, Optional<String> failure) {

    private static final String CAUSE = "Caused by: ";

    static final ConnectorHealth RUNNING = new ConnectorHealth(true, Optional.empty());
    static final ConnectorHealth STARTING = new ConnectorHealth(false, Optional.empty());

    /** @param trace stack trace as Connect keeps it: what this program says of it tells most, else the last cause */
    static ConnectorHealth failed(String trace) {
        var lines = trace.lines().toList();
        var causes = lines.stream()
                .filter(line -> line.startsWith(CAUSE))
                .map(line -> line.substring(CAUSE.length()))
                .toList();
        var cause = causes.stream()
                .filter(line -> line.startsWith("dev.vorrang."))
                .findFirst()
                .or(() -> causes.stream().reduce((first, last) -> last))
                .or(() -> lines.stream().findFirst())
                .orElse("for a reason that Connect does not tell");
        return new ConnectorHealth(false, Optional.of(withoutClassName(cause)));
    }

    private static String withoutClassName(String line) {
        int colon = line.indexOf(": ");
        return colon > 0 && line.substring(0, colon).matches("[\\w.$]+") ? line.substring(colon + 2) : line;
    }
}

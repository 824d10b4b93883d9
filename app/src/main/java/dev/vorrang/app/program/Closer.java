package dev.vorrang.app.program;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started, to be closed in reverse order. One that fails to close does not keep the others open. For one thread. */
public final class Closer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Closer.class);

    private final Deque<Part> parts = new ArrayDeque<>();

    private record Part(String name, AutoCloseable closeable) {}

    /**
     * Adds what was just started.
     *
     * @param name for the log
     * @return the part itself
     */
    public <P extends AutoCloseable> P add(String name, P part) {
        parts.push(new Part(name, part));
        return part;
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            var part = parts.pop();
            try {
                part.closeable().close();
                LOG.info("Closed {}", part.name());
            } catch (Exception e) {
                LOG.warn("Closing {} failed", part.name(), e);
            }
        }
    }
}

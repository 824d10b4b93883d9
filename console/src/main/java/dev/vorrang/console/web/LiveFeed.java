package dev.vorrang.console.web;

import dev.vorrang.console.access.Access;
import dev.vorrang.console.access.Session;
import dev.vorrang.console.api.Caller;
import dev.vorrang.console.api.Json;
import dev.vorrang.console.api.ProblemException;
import dev.vorrang.console.view.Change;
import dev.vorrang.console.view.RecordStore;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.sse.ServerSentEventConnection;
import io.undertow.server.handlers.sse.ServerSentEventHandler;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.XnioExecutor;

/**
 * Tells browsers of changes as they happen. A browser that does not keep up is told to reload and let go; one whose session ends is let go.
 * Thread-safe.
 */
final class LiveFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);
    private static final int MAX_BROWSERS = 500;
    private static final int MAX_WAITING = 2_000;
    private static final int HEARTBEAT_MILLIS = 15_000;
    private static final int LAST_WORD_MILLIS = 10_000;

    private final RecordStore records;
    private final Access access;
    private final AutoCloseable listening;
    private final Set<Browser> browsers = ConcurrentHashMap.newKeySet();

    LiveFeed(RecordStore records, Access access) {
        this.records = records;
        this.access = access;
        access.onEnd(this::end);
        this.listening = records.listen(this::tell);
    }

    /** A browser, and how many events it has still to take. */
    private final class Browser implements ServerSentEventConnection.EventCallback {

        private final ServerSentEventConnection connection;
        private final XnioExecutor later;
        private final Caller caller;
        private final AtomicInteger waiting = new AtomicInteger();
        private volatile boolean leaving;

        Browser(ServerSentEventConnection connection, XnioExecutor later, Caller caller) {
            this.connection = connection;
            this.later = later;
            this.caller = caller;
        }

        void send(String event, String data) {
            if (leaving) {
                return;
            }
            if (waiting.incrementAndGet() > MAX_WAITING) {
                LOG.info("The browser of {} does not keep up with what is live; told to reload", caller.name());
                leave("reload");
            } else {
                connection.send(data, event, null, this);
            }
        }

        /** With a last event, for which a browser that reads nothing does not hold up anything. */
        void leave(String event) {
            leaving = true;
            browsers.remove(this);
            connection.send("{}", event, null, new ServerSentEventConnection.EventCallback() {
                @Override
                public void done(ServerSentEventConnection own, String data, String name, String id) {
                    close();
                }

                @Override
                public void failed(ServerSentEventConnection own, String data, String name, String id, IOException e) {
                    close();
                }
            });
            try {
                later.executeAfter(this::close, LAST_WORD_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                close();
            }
        }

        void close() {
            leaving = true;
            browsers.remove(this);
            try {
                connection.close();
            } catch (IOException e) {
                LOG.debug("A connection of {} was gone before it was closed", caller.name(), e);
            }
        }

        boolean isOf(Session session) {
            return caller.session()
                    .filter(own -> own.key().equals(session.key()))
                    .isPresent();
        }

        @Override
        public void done(ServerSentEventConnection own, String data, String event, String id) {
            waiting.decrementAndGet();
        }

        @Override
        public void failed(ServerSentEventConnection own, String data, String event, String id, IOException e) {
            close();
        }
    }

    /**
     * Keeps a connection and tells it of all that changes from now on.
     *
     * @throws ProblemException 503 if there are too many
     */
    void open(HttpServerExchange exchange, Caller caller) throws Exception {
        if (browsers.size() >= MAX_BROWSERS) {
            throw ProblemException.unavailable("there are " + MAX_BROWSERS + " live connections", null);
        }
        XnioExecutor later = exchange.getIoThread();
        new ServerSentEventHandler((connection, last) -> begin(new Browser(connection, later, caller)))
                .handleRequest(exchange);
    }

    private void begin(Browser browser) {
        browser.connection.setKeepAliveTime(HEARTBEAT_MILLIS);
        browser.connection.addCloseTask(closed -> browsers.remove(browser));
        browsers.add(browser);
        browser.send("health", Json.text(records.health()));
        // It may have ended meanwhile, when this browser was not yet known.
        browser.caller.session().filter(session -> !access.isOpen(session)).ifPresent(this::end);
    }

    private void tell(Change change) {
        if (browsers.isEmpty()) {
            return;
        }
        if (change instanceof Change.Scored scored) {
            send("scored", Json.text(scored.record()));
        } else if (change instanceof Change.Desk desk) {
            send("desk", Json.text(desk));
        } else if (change instanceof Change.Health health) {
            send("health", Json.text(health));
        } else if (change instanceof Change.Reload) {
            send("reload", "{}");
        }
    }

    private void send(String event, String data) {
        browsers.forEach(browser -> browser.send(event, data));
    }

    private void end(Session session) {
        browsers.stream().filter(browser -> browser.isOf(session)).forEach(browser -> browser.leave("logout"));
    }

    /** Connections that there are. */
    int size() {
        return browsers.size();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (Exception e) {
            LOG.warn("The listener of changes could not be ended", e);
        }
        browsers.forEach(Browser::close);
    }
}

package dev.vorrang.console.web;

import dev.vorrang.console.access.Access;
import dev.vorrang.console.api.Route;
import dev.vorrang.console.api.Router;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server of the console. Thread-safe; whoever starts it closes it. */
public final class ConsoleServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);
    private static final int WORKERS = 32;
    private static final int IO_THREADS = 2;
    private static final int MAX_HEADERS = 100;
    private static final int MAX_HEADER_BYTES = 16_384;
    private static final int MAX_ENTITY = 2 << 20;
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final int SWEEP_SECONDS = 5;

    private final Undertow undertow;
    private final LiveFeed live;
    private final Access access;
    private final ScheduledExecutorService sweeper;
    private final URI url;
    private final Optional<URI> publicUrl;

    private ConsoleServer(
            Undertow undertow,
            LiveFeed live,
            Access access,
            ScheduledExecutorService sweeper,
            URI url,
            Optional<URI> publicUrl) {
        this.undertow = undertow;
        this.live = live;
        this.access = access;
        this.sweeper = sweeper;
        this.url = url;
        this.publicUrl = publicUrl;
    }

    /**
     * Starts to listen.
     *
     * @throws IllegalArgumentException if certificate or key cannot be read
     * @throws RuntimeException if the port is taken or the address is not of this machine
     */
    public static ConsoleServer start(ConsoleSettings settings, ConsoleServices services) {
        return start(settings, services, Clock.systemUTC());
    }

    /** @param clock for sessions, links and the times of events */
    static ConsoleServer start(ConsoleSettings settings, ConsoleServices services, Clock clock) {
        var access = new Access(settings.access(), services.audit(), clock);
        var live = new LiveFeed(services.records(), access);
        try {
            HttpHandler handler = handler(settings, services, access, live, clock);
            var builder = options(Undertow.builder());
            settings.tls()
                    .ifPresentOrElse(
                            tls -> builder.addHttpsListener(
                                    settings.port(), settings.address(), TlsContext.of(tls), handler),
                            () -> builder.addHttpListener(settings.port(), settings.address(), handler));
            var undertow = builder.build();
            undertow.start();
            return new ConsoleServer(
                    undertow, live, access, sweeping(access), url(settings, undertow), settings.publicUrl());
        } catch (RuntimeException e) {
            live.close();
            throw e;
        }
    }

    private static HttpHandler handler(
            ConsoleSettings settings, ConsoleServices services, Access access, LiveFeed live, Clock clock) {
        var cookie = new SessionCookie(settings.isSecure());
        var origins = new Origins(settings);
        var routes = DescriptionRoutes.with(routes(services, access, cookie, clock), cookie);
        var api = new ApiHandler(new Router(routes), access, cookie, origins, live);
        return new SecurityHeaders(
                settings.isSecure(),
                new FrontHandler(
                        origins, api, new OpenIdHandler(access, origins, cookie), new PageHandler(PageFiles.read())));
    }

    private static List<Route<?>> routes(ConsoleServices services, Access access, SessionCookie cookie, Clock clock) {
        return Stream.of(
                        new SessionRoutes(services.streams(), access, cookie).routes(),
                        new RecordRoutes(services).routes(),
                        new DeskRoutes(services, clock).routes(),
                        LiveRoutes.routes(),
                        new MachineRoutes(services, access, clock).routes(),
                        new DemandRoutes(services.demand()).routes(),
                        new OperationsRoutes(services, access).routes(),
                        new TokenRoutes(access).routes())
                .<Route<?>>flatMap(List::stream)
                .toList();
    }

    private static Undertow.Builder options(Undertow.Builder builder) {
        int idle = Math.toIntExact(IDLE.toMillis());
        return builder.setIoThreads(IO_THREADS)
                .setWorkerThreads(WORKERS)
                .setServerOption(UndertowOptions.DECODE_URL, false)
                .setServerOption(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, false)
                .setServerOption(UndertowOptions.MAX_HEADERS, MAX_HEADERS)
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, MAX_HEADER_BYTES)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, (long) MAX_ENTITY)
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, idle)
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, idle)
                .setServerOption(UndertowOptions.IDLE_TIMEOUT, idle)
                .setServerOption(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false);
    }

    private static ScheduledExecutorService sweeping(Access access) {
        var sweeper = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "console-sessions");
            thread.setDaemon(true);
            return thread;
        });
        sweeper.scheduleWithFixedDelay(
                () -> {
                    try {
                        access.sweep();
                    } catch (RuntimeException e) {
                        LOG.error("Sessions that are overdue could not be ended", e);
                    }
                },
                SWEEP_SECONDS,
                SWEEP_SECONDS,
                TimeUnit.SECONDS);
        return sweeper;
    }

    private static URI url(ConsoleSettings settings, Undertow undertow) {
        var address = (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
        String host = settings.address().contains(":") ? "[" + settings.address() + "]" : settings.address();
        return URI.create((settings.tls().isPresent() ? "https://" : "http://") + host + ":" + address.getPort() + "/");
    }

    /** Where the page is. */
    public URI url() {
        return url;
    }

    /** Browsers that are told of what is live. */
    public int browsers() {
        return live.size();
    }

    /** Sessions that have not ended. */
    public int sessions() {
        return access.sessionCount();
    }

    /** Whether anybody can log in without a link. */
    public boolean hasUsers() {
        return access.hasUsers();
    }

    /** An address that logs in once, as an administrator, within an hour. Whoever has it may. */
    public URI loginLink() {
        return publicUrl.orElse(url).resolve("/login#token=" + access.makeLink());
    }

    @Override
    public void close() {
        sweeper.shutdownNow();
        live.close();
        undertow.stop();
    }
}

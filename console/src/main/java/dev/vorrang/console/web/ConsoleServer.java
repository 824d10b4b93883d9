package dev.vorrang.console.web;

import dev.vorrang.console.access.LoginLinks;
import dev.vorrang.console.access.Sessions;
import dev.vorrang.console.api.Route;
import dev.vorrang.console.api.Router;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The HTTP server of the console. Thread-safe; whoever starts it closes it. */
public final class ConsoleServer implements AutoCloseable {

    private static final int WORKERS = 32;
    private static final int IO_THREADS = 2;
    private static final int MAX_HEADERS = 100;
    private static final int MAX_HEADER_BYTES = 16_384;
    private static final int MAX_ENTITY = 2 << 20;
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration LINK = Duration.ofHours(1);

    private final Undertow undertow;
    private final LiveFeed live;
    private final LoginLinks links;
    private final URI url;

    private ConsoleServer(Undertow undertow, LiveFeed live, LoginLinks links, URI url) {
        this.undertow = undertow;
        this.live = live;
        this.links = links;
        this.url = url;
    }

    /**
     * Starts to listen.
     *
     * @throws RuntimeException if the port is taken or the address is not of this machine
     */
    public static ConsoleServer start(ConsoleSettings settings, ConsoleServices services) {
        return start(settings, services, Clock.systemUTC());
    }

    /** @param clock for sessions, links and the times of events */
    static ConsoleServer start(ConsoleSettings settings, ConsoleServices services, Clock clock) {
        var sessions = new Sessions(settings.sessions(), clock);
        var links = new LoginLinks(LINK, clock);
        var cookie = new SessionCookie(false);
        var origins = new Origins(false, isLoopback(settings.address()), Optional.empty());
        var live = new LiveFeed(services.records(), sessions);
        List<Route<?>> routes = Stream.of(
                        new SessionRoutes(services, sessions, links, cookie).routes(),
                        new RecordRoutes(services).routes(),
                        new DeskRoutes(services, clock).routes(),
                        LiveRoutes.routes(),
                        new MachineRoutes(services, clock).routes(),
                        new DemandRoutes(services.demand()).routes(),
                        new OperationsRoutes(services).routes())
                .<Route<?>>flatMap(List::stream)
                .toList();
        var api = new ApiHandler(new Router(routes), sessions, cookie, origins, live);
        var front = new FrontHandler(origins, api, new PageHandler(PageFiles.read()));
        var undertow = Undertow.builder()
                .addHttpListener(settings.port(), settings.address(), new SecurityHeaders(false, front))
                .setIoThreads(IO_THREADS)
                .setWorkerThreads(WORKERS)
                .setServerOption(UndertowOptions.DECODE_URL, false)
                .setServerOption(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, false)
                .setServerOption(UndertowOptions.MAX_HEADERS, MAX_HEADERS)
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, MAX_HEADER_BYTES)
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, (long) MAX_ENTITY)
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, Math.toIntExact(IDLE.toMillis()))
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, Math.toIntExact(IDLE.toMillis()))
                .setServerOption(UndertowOptions.IDLE_TIMEOUT, Math.toIntExact(IDLE.toMillis()))
                .setServerOption(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
                .build();
        undertow.start();
        return new ConsoleServer(undertow, live, links, url(settings, undertow));
    }

    private static URI url(ConsoleSettings settings, Undertow undertow) {
        var address = (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
        return URI.create("http://" + settings.address() + ":" + address.getPort() + "/");
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Where the page is. */
    public URI url() {
        return url;
    }

    /** An address that logs in once, as an administrator, within an hour. Whoever has it may. */
    public URI loginLink() {
        return url.resolve("/login#token=" + links.make());
    }

    @Override
    public void close() {
        live.close();
        undertow.stop();
    }
}

package dev.vorrang.embedded.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP server that passes complete requests to a function. An incomplete request occupies a connection, of which there are at most
 * {@value #MAX_CONNECTIONS}, until it is idle for half a minute, but never a thread. Thread-safe.
 *
 * <p>It uses the version of Jetty that Kafka Connect uses; two versions on one class path conflict.
 */
public final class HttpEndpoint implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);
    private static final int MAX_CONNECTIONS = 500;
    private static final int ANSWERING_THREADS = 4;
    private static final int JETTY_THREADS = 8;
    private static final int IDLE_MS = 30_000;
    private static final int MAX_BODY_BYTES = 4 << 20;
    /** Requests in progress are completed, because their writes may have been acknowledged. */
    private static final int CLOSE_LIMIT_S = 10;

    private final String name;
    private final Server server;
    private final ServerConnector connector;
    private final ExecutorService answering;

    private HttpEndpoint(String name, InetSocketAddress listen) {
        this.name = name;
        var threads = new QueuedThreadPool(JETTY_THREADS, 1);
        threads.setName(name + "-http");
        threads.setDaemon(true);
        this.server = new Server(threads);
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        // Names in a path may contain any encoded character.
        http.setUriCompliance(UriCompliance.RFC3986.with(
                "names",
                Violation.AMBIGUOUS_PATH_SEPARATOR,
                Violation.AMBIGUOUS_PATH_ENCODING,
                Violation.AMBIGUOUS_PATH_SEGMENT,
                Violation.AMBIGUOUS_PATH_PARAMETER,
                Violation.AMBIGUOUS_EMPTY_SEGMENT));
        this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(listen.getHostString());
        connector.setPort(listen.getPort());
        connector.setIdleTimeout(IDLE_MS);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));
        this.answering = Executors.newFixedThreadPool(ANSWERING_THREADS, work -> {
            var thread = new Thread(work, name + "-answers");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts a server.
     *
     * @param name prefix of its threads
     * @param listen address to listen on; port 0 for any free port
     * @param methods allowed methods
     * @param login checks an {@code Authorization} header; empty for none
     * @param answers called by several threads at once; an exception is answered with 500
     * @throws IOException if the address cannot be bound; the message has the cause
     */
    public static HttpEndpoint start(
            String name,
            InetSocketAddress listen,
            Set<String> methods,
            Optional<Predicate<String>> login,
            Function<HttpCall, HttpAnswer> answers)
            throws IOException {
        boolean loopback = listen.getAddress() != null && listen.getAddress().isLoopbackAddress();
        var guard = new RequestGuard(loopback, listen.getHostString().toLowerCase(Locale.ROOT), methods, login);
        return start(name, listen, guard::refusal, answers);
    }

    /**
     * Starts a server for requests that prove by themselves that they are allowed, by a signature or a token that no page can guess: they
     * may come from links in other pages, by way of proxies, and from forms.
     *
     * @param name prefix of its threads
     * @param listen address to listen on; port 0 for any free port
     * @param methods allowed methods
     * @param answers called by several threads at once; checks each request
     * @throws IOException if the address cannot be bound; the message has the cause
     */
    public static HttpEndpoint startForProvenRequests(
            String name, InetSocketAddress listen, Set<String> methods, Function<HttpCall, HttpAnswer> answers)
            throws IOException {
        return start(name, listen, (method, hasBody, header) -> RequestGuard.refusedMethod(method, methods), answers);
    }

    private static HttpEndpoint start(
            String name, InetSocketAddress listen, Guard guard, Function<HttpCall, HttpAnswer> answers)
            throws IOException {
        var endpoint = new HttpEndpoint(name, listen);
        var limit = new SizeLimitHandler(MAX_BODY_BYTES, -1);
        limit.setHandler(endpoint.new Answering(guard, answers));
        endpoint.server.setHandler(limit);
        try {
            endpoint.server.start();
            return endpoint;
        } catch (Exception e) {
            endpoint.close();
            throw e instanceof IOException cause ? cause : new IOException(e.getMessage(), e);
        }
    }

    /** Where it listens, without a path; by the loopback address if it listens on all. */
    public URI url() {
        var listen = new InetSocketAddress(connector.getHost(), connector.getLocalPort());
        String host = listen.getAddress().isAnyLocalAddress()
                ? "127.0.0.1"
                : listen.getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + listen.getPort());
    }

    /**
     * Restarts the server on the same address, after it has stopped answering.
     *
     * @throws IOException if it cannot; may be tried again
     */
    public synchronized void restart() throws IOException {
        try {
            if (connector.getLocalPort() > 0) {
                connector.setPort(connector.getLocalPort());
            }
            server.stop();
            server.start();
        } catch (Exception e) {
            throw e instanceof IOException cause ? cause : new IOException(e.getMessage(), e);
        }
    }

    /** Completes requests in progress and stops listening. */
    @Override
    public void close() {
        answering.shutdown();
        try {
            answering.awaitTermination(CLOSE_LIMIT_S, TimeUnit.SECONDS);
            server.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn("{} did not stop", name, e);
        } finally {
            answering.shutdownNow();
        }
    }

    /** The response to a request that is rejected by its head. */
    private interface Guard {
        Optional<HttpAnswer> refusal(String method, boolean hasBody, Function<String, String> header);
    }

    /** Checks the head of a request, waits for its body without a thread, and passes it on. */
    private final class Answering extends Handler.Abstract.NonBlocking {

        private final Guard guard;
        private final Function<HttpCall, HttpAnswer> answers;

        Answering(Guard guard, Function<HttpCall, HttpAnswer> answers) {
            this.guard = guard;
            this.answers = answers;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            var headers = request.getHeaders();
            boolean hasBody = request.getLength() != 0
                    && (request.getLength() > 0 || headers.contains(HttpHeader.TRANSFER_ENCODING));
            var refusal = guard.refusal(request.getMethod(), hasBody, headers::get);
            if (refusal.isPresent()) {
                send(refusal.get(), response, callback);
                return true;
            }
            Content.Source.asByteBuffer(
                    request,
                    Promise.from(
                            body -> hand(request, BufferUtil.toArray(body), response, callback), callback::failed));
            return true;
        }

        private void hand(Request request, byte[] body, Response response, Callback callback) {
            var uri = request.getHttpURI();
            String query = Optional.ofNullable(uri.getQuery()).orElse("");
            String authorization = Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION))
                    .orElse("");
            var call = new HttpCall(request.getMethod(), uri.getPath(), query, authorization, body);
            try {
                answering.execute(() -> send(answer(call), response, callback));
            } catch (RejectedExecutionException e) {
                send(HttpAnswer.text(503, "stopping\n"), response, callback);
            }
        }

        private HttpAnswer answer(HttpCall call) {
            try {
                return answers.apply(call);
            } catch (RuntimeException | Error e) {
                // The client gets an answer, and the server stays available.
                LOG.error("{} {} failed", call.method(), call.path(), e);
                return HttpAnswer.text(500, "failed; see the log\n");
            }
        }

        private void send(HttpAnswer answer, Response response, Callback callback) {
            response.setStatus(answer.status());
            answer.headers().forEach((key, value) -> response.getHeaders().put(key, value));
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.type());
            response.getHeaders().put("X-Content-Type-Options", "nosniff");
            response.write(true, ByteBuffer.wrap(answer.body()), callback);
        }
    }
}

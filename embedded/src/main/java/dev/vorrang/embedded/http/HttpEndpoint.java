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
 * Listens and hands complete requests to a function. A request that is sent in part holds a connection, of which there are
 * {@value #MAX_CONNECTIONS}, until it has sent nothing for half a minute, and never a thread. Safe for use by many threads.
 *
 * <p>It is the Jetty that Kafka Connect brings; a second version of it would not go with that one.
 */
public final class HttpEndpoint implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);
    private static final int MAX_CONNECTIONS = 500;
    private static final int ANSWERING_THREADS = 4;
    private static final int JETTYS_THREADS = 8;
    private static final int IDLE_MS = 30_000;
    private static final int MAX_BODY_BYTES = 4 << 20;
    /** An answer in progress is left to end, for what it writes may be written already. */
    private static final int CLOSE_LIMIT_S = 10;

    private final String name;
    private final Server server;
    private final ServerConnector connector;
    private final ExecutorService answering;

    private HttpEndpoint(String name, InetSocketAddress listen) {
        this.name = name;
        var threads = new QueuedThreadPool(JETTYS_THREADS, 1);
        threads.setName(name + "-http");
        threads.setDaemon(true);
        this.server = new Server(threads);
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        // Names in a path may have any character, encoded.
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
     * Starts to listen.
     *
     * @param name for its threads
     * @param listen port 0 for any that is free
     * @param methods that are answered
     * @param login takes an {@code Authorization}; empty if everybody is answered
     * @param answers is called by a few threads at once; what it throws is answered with 500
     * @throws IOException if the address cannot be had; the message says why
     */
    public static HttpEndpoint start(
            String name,
            InetSocketAddress listen,
            Set<String> methods,
            Optional<Predicate<String>> login,
            Function<HttpCall, HttpAnswer> answers)
            throws IOException {
        var endpoint = new HttpEndpoint(name, listen);
        boolean loopback = listen.getAddress() != null && listen.getAddress().isLoopbackAddress();
        var guard = new RequestGuard(loopback, listen.getHostString().toLowerCase(Locale.ROOT), methods, login);
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
     * Listens anew on the same address, for when it gives no answer any more.
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

    /** Stops listening, and ends what is being answered. */
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

    /** Looks at the head of a request, waits for its body without a thread, and has it answered. */
    private final class Answering extends Handler.Abstract.NonBlocking {

        private final RequestGuard guard;
        private final Function<HttpCall, HttpAnswer> answers;

        Answering(RequestGuard guard, Function<HttpCall, HttpAnswer> answers) {
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
            var call = new HttpCall(request.getMethod(), uri.getPath(), query, body);
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
                // Whatever it is, whoever asked is told, and the next is answered.
                LOG.error("{} {} failed", call.method(), call.path(), e);
                return HttpAnswer.text(500, "failed; the log says why\n");
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

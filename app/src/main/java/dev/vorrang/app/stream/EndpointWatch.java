package dev.vorrang.app.stream;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a server of this program again and again whether it is there, without waiting for the answer, and has it listen anew when it is
 * not: threads that ended would be missed by others first. For one thread.
 */
final class EndpointWatch {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointWatch.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .connectTimeout(LIMIT)
            .sslContext(anyCertificate())
            .build();
    /** One may be lost on a busy machine. */
    private static final int SILENCES_BEFORE_RESTART = 2;

    private final String name;
    private final URI url;
    private final Restart restart;
    private CompletableFuture<?> answer;
    private int silences;

    /** Has a server listen anew. */
    @FunctionalInterface
    interface Restart {
        void run() throws IOException;
    }

    /** @param name for people */
    EndpointWatch(String name, URI url, Restart restart) {
        this.name = name;
        this.url = url;
        this.restart = restart;
        this.answer = ask();
    }

    /** That it gives no answer, as far as is known by now. Any answer will do, a refusal as well. */
    Optional<String> problem() {
        if (answer.isDone()) {
            silences = answer.isCompletedExceptionally() ? silences + 1 : 0;
            if (silences >= SILENCES_BEFORE_RESTART) {
                restart();
            }
            answer = ask();
        }
        return silences > 0
                ? Optional.of(name + " at " + url + " gives no answer; starting it again")
                : Optional.empty();
    }

    private void restart() {
        try {
            restart.run();
        } catch (IOException e) {
            LOG.warn("{} at {} cannot be started again", name, url, e);
        }
    }

    private CompletableFuture<?> ask() {
        var request = HttpRequest.newBuilder(url.resolve("/")).timeout(LIMIT).build();
        return CLIENT.sendAsync(request, HttpResponse.BodyHandlers.discarding());
    }

    /** The program asks itself: that it answers is all it wants to know, by whatever name its certificate is. */
    private static SSLContext anyCertificate() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AnyCertificate()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("each Java has TLS", e);
        }
    }

    private static final class AnyCertificate extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

package dev.vorrang.connectors.sink.http;

import dev.vorrang.connectors.plugin.Version;
import dev.vorrang.connectors.sink.ActionTemplate;
import dev.vorrang.connectors.sink.ActionValues;
import dev.vorrang.connectors.sink.DeliveryException;
import dev.vorrang.connectors.sink.JsonText;
import dev.vorrang.connectors.sink.Target;
import dev.vorrang.schemas.Action;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/** Sends each action as one request. Redirects are not followed: they would carry the action and its secrets elsewhere. */
final class HttpTarget implements Target {

    private final HttpSinkConfig config;
    private final Clock clock;
    private final HttpClient client;
    private final URI url;
    private final String shown;
    private final ActionTemplate body;
    private final Map<String, ActionTemplate> headers;
    private final Map<String, String> variables;
    private final UnaryOperator<String> markup;
    private final HttpLogin login;
    private final Optional<Signature> signature;

    /** @throws org.apache.kafka.common.config.ConfigException if a file with certificates cannot be used */
    HttpTarget(HttpSinkConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.url = config.url();
        this.shown = url.getScheme() + "://" + url.getAuthority();
        this.body = config.body();
        this.headers = config.headers();
        this.variables = config.variables();
        this.markup = config.markup();
        this.login = config.login();
        this.signature = config.signature();
        this.client = client(config);
    }

    private static HttpClient client(HttpSinkConfig config) {
        var builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(config.timeout());
        config.proxy().ifPresent(proxy -> builder.proxy(ProxySelector.of(proxy)));
        var trust = HttpSinkSettings.TLS.trust(config);
        var keys = HttpSinkSettings.TLS.keys(config);
        if (trust.isPresent() || keys.isPresent()) {
            builder.sslContext(context(trust, keys));
        }
        return builder.build();
    }

    private static SSLContext context(Optional<TrustManagerFactory> trust, Optional<KeyManagerFactory> keys) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(
                    keys.map(KeyManagerFactory::getKeyManagers).orElse(null),
                    trust.map(TrustManagerFactory::getTrustManagers).orElse(null),
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    @Override
    public void deliver(List<Action> actions) throws DeliveryException, InterruptedException {
        for (var action : actions) {
            HttpOutcome.check(shown, send(request(action)), clock.instant());
        }
    }

    private HttpRequest request(Action action) throws DeliveryException {
        try {
            var values = new HashMap<>(ActionValues.of(action, variables, markup));
            values.put("token", login.inBody());
            var text = body.render(values);
            if (config.isJson()) {
                JsonText.check(text);
            }
            var request = HttpRequest.newBuilder(url)
                    .timeout(config.timeout())
                    .method(config.method(), HttpRequest.BodyPublishers.ofString(text))
                    .header("Content-Type", config.contentType() + "; charset=utf-8")
                    .header("User-Agent", "Vorrang/" + Version.current())
                    .header("Idempotency-Key", action.getId());
            login.header().ifPresent(value -> request.setHeader("Authorization", value));
            for (var header : headers.entrySet()) {
                request.setHeader(header.getKey(), header.getValue().render(values));
            }
            signature.ifPresent(key -> sign(request, key, action.getId(), text));
            return request.build();
        } catch (IOException e) {
            throw DeliveryException.unavailable(e.getMessage(), e);
        }
    }

    private void sign(HttpRequest.Builder request, Signature key, String id, String text) {
        long seconds = clock.instant().getEpochSecond();
        request.setHeader("webhook-id", id)
                .setHeader("webhook-timestamp", Long.toString(seconds))
                .setHeader("webhook-signature", key.of(id, seconds, text));
    }

    private HttpResponse<String> send(HttpRequest request) throws DeliveryException, InterruptedException {
        var answer = client.sendAsync(request, info -> new LimitedBody(config.maxResponseBytes()));
        try {
            // The request's own timeout ends with the headers.
            return answer.get(2 * config.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw DeliveryException.failed(
                    shown + " does not end its answer within "
                            + config.timeout().toMillis() + " ms",
                    e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private DeliveryException failure(Throwable cause) {
        for (var each = cause; each != null; each = each.getCause()) {
            if (each instanceof SSLException
                    || each instanceof ConnectException
                    || each instanceof HttpConnectTimeoutException
                    || each instanceof UnknownHostException
                    || each instanceof UnresolvedAddressException) {
                return DeliveryException.unavailable(shown + " is not reached: " + reason(each), cause);
            }
        }
        return DeliveryException.failed(shown + " gives no answer: " + reason(cause), cause);
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    @Override
    public void close() {
        // The client ends when nobody holds it.
    }
}

package dev.vorrang.ingest.imap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vorrang.schemas.text.KnownSecrets;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Access tokens from a token endpoint, kept until a minute before they expire or until a server refuses them. A refresh token
 * that the endpoint replaces is used in its new form as long as the program runs. Safe for use by many threads.
 */
public final class OAuth2Tokens implements Credentials {

    private static final Duration MARGIN = Duration.ofMinutes(1);
    /** RFC 6749 makes expires_in optional; a token that does not say is asked for again soon. */
    private static final long USUAL_SECONDS = 300;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final OAuth2Settings settings;
    private final Clock clock;
    private final HttpClient http;
    private String refreshToken;
    private String token;
    private Instant expiry = Instant.MIN;

    /** Asks for nothing yet. */
    public OAuth2Tokens(OAuth2Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.http = HttpClient.newBuilder().connectTimeout(settings.timeout()).build();
        this.refreshToken = settings.refreshToken().orElse(null);
        settings.clientSecret().ifPresent(KnownSecrets::add);
        KnownSecrets.add(refreshToken);
    }

    @Override
    public boolean isToken() {
        return true;
    }

    @Override
    public synchronized String secret() throws IOException, MailboxRefusedException {
        if (token == null || !clock.instant().isBefore(expiry)) {
            take(ask());
        }
        return token;
    }

    @Override
    public synchronized void refused(String secret) {
        if (secret.equals(token)) {
            token = null;
        }
    }

    private HttpResponse<String> ask() throws IOException {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", refreshToken == null ? "client_credentials" : "refresh_token");
        form.put("client_id", settings.clientId());
        settings.clientSecret().ifPresent(secret -> form.put("client_secret", secret));
        settings.scope().ifPresent(scope -> form.put("scope", scope));
        if (refreshToken != null) {
            form.put("refresh_token", refreshToken);
        }
        var request = HttpRequest.newBuilder(settings.endpoint())
                .timeout(settings.timeout())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(encode(form)))
                .build();
        var answer = http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        try {
            // The request's own timeout ends with the headers.
            return answer.get(2 * settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + settings.endpoint() + " for a token", e);
        } catch (ExecutionException e) {
            throw new IOException(
                    "token endpoint " + settings.endpoint() + " not reached: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("token endpoint " + settings.endpoint() + " does not end its answer in time", e);
        } finally {
            answer.cancel(true);
        }
    }

    private void take(HttpResponse<String> response) throws IOException, MailboxRefusedException {
        int status = response.statusCode();
        var answer = parse(response.body());
        if (status == 400 || status == 401 || status == 403) {
            // RFC 6749, 5.2. Only these two fields are shown; an endpoint may echo in them what it was sent.
            throw new MailboxRefusedException("token endpoint refuses " + settings + ": "
                    + answer.path("error").asText("status " + status) + " "
                    + answer.path("error_description").asText(""));
        }
        var newToken = answer.path("access_token").asText("");
        if (status != 200 || newToken.isEmpty()) {
            throw new IOException("token endpoint " + settings.endpoint() + " gave no token, status " + status);
        }
        token = newToken;
        KnownSecrets.add(token);
        var lifetime = Duration.ofSeconds(Math.max(0, answer.path("expires_in").asLong(USUAL_SECONDS)));
        var margin = lifetime.compareTo(MARGIN.multipliedBy(2)) > 0 ? MARGIN : lifetime.dividedBy(2);
        expiry = clock.instant().plus(lifetime).minus(margin);
        if (refreshToken != null) {
            refreshToken = answer.path("refresh_token").asText(refreshToken);
            KnownSecrets.add(refreshToken);
        }
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    private static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}

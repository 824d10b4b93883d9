package dev.vorrang.connectors.sink.http;

import dev.vorrang.connectors.settings.SettingProblems;
import dev.vorrang.connectors.sink.ActionTemplate;
import dev.vorrang.connectors.sink.DeliveryPolicy;
import dev.vorrang.connectors.sink.DeliverySettings;
import dev.vorrang.connectors.sink.JsonText;
import dev.vorrang.schemas.text.KnownSecrets;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/** Settings of the HTTP sink, as typed values. {@link HttpSinkSettings} has their names and what is allowed. */
final class HttpSinkConfig extends AbstractConfig {

    private static final UnaryOperator<String> IN_HEADERS = text -> text.replaceAll("[^\\x20-\\x7E]", "?");

    /** @throws ConfigException if a setting is missing or wrong */
    HttpSinkConfig(Map<String, String> properties) {
        super(HttpSinkSettings.DEFINITION, properties, false);
        problems(properties).check();
        KnownSecrets.add(getPassword(HttpSinkSettings.URL).value());
        KnownSecrets.add(getPassword(HttpSinkSettings.SIGNING_SECRET).value());
    }

    /** What is wrong with settings that each for itself may be right. */
    static SettingProblems problems(Map<String, String> properties) {
        var problems = new SettingProblems(properties);
        HttpSinkSettings.LOGIN.check(problems);
        HttpSinkSettings.TLS.check(problems);
        HttpFormat format = HttpFormat.of(problems.get(HttpSinkSettings.FORMAT)).orElse(HttpFormat.GENERIC_JSON);
        checkUrl(problems, format);
        if (problems.has(HttpSinkSettings.LOGIN.user()) && !HttpSinkSettings.LOGIN.hasPassword(problems)) {
            problems.add(
                    HttpSinkSettings.LOGIN.password(),
                    "no password is set for " + HttpSinkSettings.LOGIN.user() + ": allowed is one of "
                            + HttpSinkSettings.LOGIN.password() + ", " + HttpSinkSettings.LOGIN.passwordFile());
        }
        checked(problems, HttpSinkSettings.SIGNING_SECRET, secret -> {
            if (!secret.isEmpty()) {
                new Signature(secret);
            }
        });
        checked(problems, HttpSinkSettings.PROXY, HttpSinkConfig::proxy);
        checked(problems, HttpSinkSettings.HEADERS, HttpSinkConfig::headers);
        checked(problems, HttpSinkSettings.BODY, body -> ActionTemplate.compile(body, UnaryOperator.identity()));
        checkVariables(problems, format);
        return problems;
    }

    private static void checkUrl(SettingProblems problems, HttpFormat format) {
        var url = problems.has(HttpSinkSettings.URL) ? problems.get(HttpSinkSettings.URL) : format.url();
        boolean plain = "none".equalsIgnoreCase(problems.get(HttpSinkSettings.SECURITY));
        try {
            var uri = URI.create(url);
            boolean right = uri.getHost() != null
                    && uri.getUserInfo() == null
                    && ("https".equals(uri.getScheme()) || plain && "http".equals(uri.getScheme()));
            if (right) {
                return;
            }
        } catch (IllegalArgumentException e) {
            // Said below, without the address.
        }
        problems.add(
                HttpSinkSettings.URL,
                HttpSinkSettings.URL + (url.isEmpty() ? " is missing" : " is no such address")
                        + ": allowed is https://host/…"
                        + (plain ? " or http://host/…" : ", or http with " + HttpSinkSettings.SECURITY + " none")
                        + ", without a user");
    }

    private static void checkVariables(SettingProblems problems, HttpFormat format) {
        checked(problems, HttpSinkSettings.VARIABLES, text -> {
            var variables = variables(List.of(text.split(",")));
            if (!problems.has(HttpSinkSettings.BODY) && !variables.keySet().containsAll(format.variables())) {
                throw new IllegalArgumentException("format " + format.settingName() + " needs "
                        + String.join(", ", format.variables()) + " as name=value");
            }
        });
    }

    private interface Check {
        void of(String text);
    }

    private static void checked(SettingProblems problems, String name, Check check) {
        try {
            check.of(problems.get(name));
        } catch (IllegalArgumentException e) {
            problems.add(name, name + ": " + e.getMessage());
        }
    }

    HttpFormat format() {
        return HttpFormat.of(getString(HttpSinkSettings.FORMAT)).orElseThrow();
    }

    URI url() {
        var url = getPassword(HttpSinkSettings.URL).value().strip();
        return URI.create(url.isEmpty() ? format().url() : url);
    }

    String method() {
        return getString(HttpSinkSettings.METHOD);
    }

    Duration timeout() {
        return Duration.ofMillis(getLong(HttpSinkSettings.TIMEOUT_MS));
    }

    int maxResponseBytes() {
        return getInt(HttpSinkSettings.MAX_RESPONSE_BYTES);
    }

    String contentType() {
        return getString(HttpSinkSettings.CONTENT_TYPE);
    }

    boolean isJson() {
        return contentType().equals("application/json");
    }

    ActionTemplate body() {
        var own = getString(HttpSinkSettings.BODY);
        return own.isEmpty()
                ? ActionTemplate.compile(format().template(), JsonText::escape)
                : ActionTemplate.compile(own, Escapes.of(contentType()));
    }

    /** What keeps words of an action from being markup; a body of the user's own says what is markup. */
    UnaryOperator<String> markup() {
        return getString(HttpSinkSettings.BODY).isEmpty() ? format().markup() : UnaryOperator.identity();
    }

    Map<String, String> variables() {
        return variables(getList(HttpSinkSettings.VARIABLES));
    }

    private static Map<String, String> variables(Iterable<String> pairs) {
        var variables = new LinkedHashMap<String, String>();
        for (var pair : pairs) {
            if (pair.isBlank()) {
                continue;
            }
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("'" + pair.strip() + "': allowed is name=value");
            }
            variables.put(
                    pair.substring(0, equals).strip(),
                    pair.substring(equals + 1).strip());
        }
        return variables;
    }

    Map<String, ActionTemplate> headers() {
        return headers(getString(HttpSinkSettings.HEADERS));
    }

    private static Map<String, ActionTemplate> headers(String lines) {
        var headers = new LinkedHashMap<String, ActionTemplate>();
        lines.lines().filter(line -> !line.isBlank()).forEach(line -> {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("'" + line.strip() + "': allowed is Name: value");
            }
            var name = line.substring(0, colon).strip();
            // The client says which names are none, or are its own.
            HttpRequest.newBuilder(URI.create("https://localhost")).header(name, "x");
            headers.put(name, ActionTemplate.compile(line.substring(colon + 1).strip(), IN_HEADERS));
        });
        return headers;
    }

    Optional<InetSocketAddress> proxy() {
        return proxy(getString(HttpSinkSettings.PROXY));
    }

    private static Optional<InetSocketAddress> proxy(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        var uri = URI.create("http://" + text.strip());
        if (uri.getHost() == null || uri.getPort() < 1 || uri.getUserInfo() != null) {
            throw new IllegalArgumentException("'" + text + "': allowed is host:port");
        }
        return Optional.of(InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort()));
    }

    Optional<Signature> signature() {
        var secret = getPassword(HttpSinkSettings.SIGNING_SECRET).value();
        return secret.isEmpty() ? Optional.empty() : Optional.of(new Signature(secret));
    }

    HttpLogin login() {
        var scheme = getString(HttpSinkSettings.AUTH_SCHEME);
        boolean hasPassword =
                !getPassword(HttpSinkSettings.LOGIN.password()).value().isEmpty()
                        || !getString(HttpSinkSettings.LOGIN.passwordFile()).isEmpty();
        return new HttpLogin(
                getString(HttpSinkSettings.LOGIN.user()),
                hasPassword ? Optional.of(HttpSinkSettings.LOGIN.password(this)) : Optional.empty(),
                scheme.isEmpty() ? format().scheme() : scheme);
    }

    DeliveryPolicy policy() {
        return DeliverySettings.policy(this);
    }
}

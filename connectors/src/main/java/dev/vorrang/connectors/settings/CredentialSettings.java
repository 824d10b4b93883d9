package dev.vorrang.connectors.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import dev.vorrang.ingest.imap.Credentials;
import dev.vorrang.ingest.imap.OAuth2Settings;
import dev.vorrang.ingest.imap.OAuth2Tokens;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * The settings of what a user of a mail server proves itself with: a password, a file or OAuth 2.
 *
 * @param prefix of the settings' names, such as {@code imap}
 */
public record CredentialSettings(String prefix) {

    private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String NONE = "";

    public LoginSettings login() {
        return new LoginSettings(prefix);
    }

    public String tokenUrl() {
        return prefix + ".oauth2.token.url";
    }

    public String clientId() {
        return prefix + ".oauth2.client.id";
    }

    public String clientSecret() {
        return prefix + ".oauth2.client.secret";
    }

    public String refreshToken() {
        return prefix + ".oauth2.refresh.token";
    }

    public String scope() {
        return prefix + ".oauth2.scope";
    }

    /** Adds the settings of OAuth 2. */
    public void defineOAuth2(ConfigDef definition) {
        definition
                .define(
                        tokenUrl(),
                        Type.STRING,
                        NONE,
                        MEDIUM,
                        "Token endpoint (RFC 6749), https; the login uses XOAUTH2. Plain http only to this machine.")
                .define(clientId(), Type.STRING, NONE, MEDIUM, "Client id at the token endpoint.")
                .define(
                        clientSecret(),
                        Type.PASSWORD,
                        NONE,
                        MEDIUM,
                        "Client secret; required without a refresh token (grant client_credentials).")
                .define(refreshToken(), Type.PASSWORD, NONE, MEDIUM, "Refresh token (grant refresh_token).")
                .define(scope(), Type.STRING, NONE, LOW, "Scope to request, if the endpoint requires one.");
    }

    /**
     * Looks for no credentials, and for more than one kind of them.
     *
     * @param security name of the setting that protects the connection
     */
    public void check(SettingProblems problems, String security) {
        login().check(problems);
        var ways = List.of(login().password(), login().passwordFile(), tokenUrl());
        long given = ways.stream().filter(problems::has).count();
        if (given != 1) {
            problems.add(
                    login().password(),
                    (given == 0 ? "no credentials are set" : "more than one kind of credentials is set")
                            + ": allowed is one of " + String.join(", ", ways));
        }
        if (problems.has(tokenUrl())) {
            checkOAuth2(problems, security);
        }
    }

    private void checkOAuth2(SettingProblems problems, String security) {
        var url = tokenUrl();
        if ("none".equalsIgnoreCase(problems.get(security))) {
            problems.add(security, security + " is 'none': allowed with OAuth 2 are tls and starttls");
        }
        if (!isSecure(problems.get(url))) {
            problems.add(
                    url, url + " is '" + problems.get(url) + "': allowed is an https address, or http to this machine");
        }
        if (!problems.has(clientId())) {
            problems.add(clientId(), clientId() + " is missing: " + url + " needs it");
        }
        if (!problems.has(refreshToken()) && !problems.has(clientSecret())) {
            problems.add(
                    refreshToken(),
                    "neither " + refreshToken() + " nor " + clientSecret() + " is set: " + url + " needs one");
        }
    }

    private static boolean isSecure(String url) {
        try {
            var uri = new URI(url);
            return uri.getHost() != null
                    && ("https".equals(uri.getScheme())
                            || "http".equals(uri.getScheme()) && LOCAL_HOSTS.contains(uri.getHost()));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** @param timeout longest wait for the token endpoint */
    public Credentials credentials(AbstractConfig config, Duration timeout) {
        var url = config.getString(tokenUrl());
        if (url.isEmpty()) {
            return Credentials.password(login().password(config));
        }
        return new OAuth2Tokens(
                new OAuth2Settings(
                        URI.create(url),
                        config.getString(clientId()),
                        secret(config, clientSecret()),
                        secret(config, refreshToken()),
                        Optional.of(config.getString(scope())).filter(scope -> !scope.isEmpty()),
                        timeout),
                Clock.systemUTC());
    }

    private static Optional<String> secret(AbstractConfig config, String name) {
        return Optional.of(config.getPassword(name).value()).filter(value -> !value.isEmpty());
    }
}

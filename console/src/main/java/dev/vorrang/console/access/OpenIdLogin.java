package dev.vorrang.console.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.AuthenticationSuccessResponse;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Logs users in by an OpenID provider: authorisation code flow with PKCE, state and nonce. What was begun is kept in memory, for a few
 * minutes. Thread-safe.
 */
final class OpenIdLogin {

    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);
    private static final Duration VALID = Duration.ofMinutes(10);
    private static final int MAX_BEGUN = 1_000;
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int MAX_KEYS_BYTES = 1 << 20;
    private static final int MAX_NAME = 100;

    private final OpenIdSettings settings;
    private final Clock clock;
    /** By the hash of the state, the oldest first. */
    private final Map<String, Begun> begun = new LinkedHashMap<>();

    private Optional<Provider> provider = Optional.empty();

    private record Begun(CodeVerifier verifier, Nonce nonce, URI redirect, Instant until) {}

    private record Provider(OIDCProviderMetadata metadata, IDTokenValidator validator) {}

    /**
     * A login that has begun.
     *
     * @param address of the provider, for the browser to go to
     * @param state that the browser keeps, so that nobody ends it in another browser
     */
    record Start(URI address, String state) {

        /** Without the state. */
        @Override
        public String toString() {
            return "Start";
        }
    }

    OpenIdLogin(OpenIdSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Begins a login.
     *
     * @param redirect where the provider sends the browser back to
     * @throws OpenIdException if the provider gives no answer
     */
    Start begin(URI redirect) {
        var state = new State(Secrets.make());
        var nonce = new Nonce(Secrets.make());
        var verifier = new CodeVerifier();
        var request = new AuthenticationRequest.Builder(
                        new ResponseType(ResponseType.Value.CODE),
                        new Scope("openid", "profile", "email"),
                        new ClientID(settings.clientId()),
                        redirect)
                .endpointURI(provider().metadata().getAuthorizationEndpointURI())
                .state(state)
                .nonce(nonce)
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .build();
        synchronized (begun) {
            begun.values().removeIf(each -> !clock.instant().isBefore(each.until()));
            if (begun.size() >= MAX_BEGUN) {
                begun.remove(begun.keySet().iterator().next());
            }
            begun.put(
                    Secrets.hash(state.getValue()),
                    new Begun(verifier, nonce, redirect, clock.instant().plus(VALID)));
        }
        return new Start(request.toURI(), state.getValue());
    }

    /**
     * Ends a login, which is used up.
     *
     * @param query that the provider sent the browser back with
     * @param state that the browser kept
     * @throws OpenIdException if it is refused, with the reason
     */
    User end(String query, String state) {
        Begun start;
        synchronized (begun) {
            start = begun.remove(Secrets.hash(state));
        }
        if (start == null || !clock.instant().isBefore(start.until())) {
            throw new OpenIdException("the login was not begun in this browser, or too long ago");
        }
        try {
            AuthenticationSuccessResponse response = response(URI.create(start.redirect() + "?" + query));
            if (response.getState() == null
                    || !Secrets.equal(state, response.getState().getValue())) {
                throw new OpenIdException("the state is not that of this browser");
            }
            Issuer from = response.getIssuer();
            if (from != null && !from.getValue().equals(settings.issuer().toString())) {
                throw new OpenIdException("the answer is of another issuer");
            }
            return user(claims(response, start));
        } catch (ParseException | IllegalArgumentException e) {
            throw new OpenIdException("the answer of the provider cannot be read: " + e.getMessage(), e);
        }
    }

    private static AuthenticationSuccessResponse response(URI callback) throws ParseException {
        var response = AuthenticationResponseParser.parse(callback);
        if (!response.indicatesSuccess()) {
            throw new OpenIdException("the provider refused: "
                    + response.toErrorResponse().getErrorObject().getCode());
        }
        return response.toSuccessResponse();
    }

    private IDTokenClaimsSet claims(AuthenticationSuccessResponse response, Begun start) throws ParseException {
        Provider there = provider();
        var grant = new AuthorizationCodeGrant(response.getAuthorizationCode(), start.redirect(), start.verifier());
        var client = new ClientID(settings.clientId());
        URI endpoint = there.metadata().getTokenEndpointURI();
        var request = settings.clientSecret()
                .map(secret ->
                        new TokenRequest.Builder(endpoint, new ClientSecretBasic(client, new Secret(secret)), grant))
                .orElseGet(() -> new TokenRequest.Builder(endpoint, client, grant))
                .build();
        try {
            HTTPRequest http = request.toHTTPRequest();
            http.setConnectTimeout(TIMEOUT_MILLIS);
            http.setReadTimeout(TIMEOUT_MILLIS);
            var answer = OIDCTokenResponseParser.parse(http.send());
            if (!answer.indicatesSuccess()) {
                throw new OpenIdException("the provider gave no token: "
                        + answer.toErrorResponse().getErrorObject().getCode());
            }
            var token = ((OIDCTokenResponse) answer.toSuccessResponse())
                    .getOIDCTokens()
                    .getIDToken();
            return there.validator().validate(token, start.nonce());
        } catch (IOException e) {
            throw new OpenIdException("the provider gives no answer: " + e.getMessage(), e);
        } catch (BadJOSEException | JOSEException e) {
            throw new OpenIdException("the ID token is not valid: " + e.getMessage(), e);
        }
    }

    private User user(IDTokenClaimsSet claims) {
        String name = Optional.ofNullable(claims.getStringClaim(settings.nameClaim()))
                .filter(each -> !each.isBlank())
                .orElseGet(() -> claims.getSubject().getValue());
        if (name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new OpenIdException("claim " + settings.nameClaim() + ": allowed are 1 to " + MAX_NAME
                    + " characters without controls");
        }
        Set<String> values = values(claims);
        return Stream.of(Role.ADMIN, Role.AGENT, Role.VIEWER)
                .filter(role ->
                        settings.roles().getOrDefault(role, Set.of()).stream().anyMatch(values::contains))
                .findFirst()
                .map(role -> new User(name, role, User.Source.OPENID))
                .orElseThrow(() -> new OpenIdException(
                        "claim " + settings.roleClaim() + " of " + name + " has no value that gives a role"));
    }

    private Set<String> values(IDTokenClaimsSet claims) {
        Object found = claims.toJSONObject();
        for (String part : settings.roleClaim().split("\\.")) {
            found = found instanceof Map<?, ?> object ? object.get(part) : null;
        }
        Collection<?> all = found instanceof Collection<?> list ? list : found == null ? List.of() : List.of(found);
        return all.stream().filter(Objects::nonNull).map(Object::toString).collect(java.util.stream.Collectors.toSet());
    }

    /** Asked for once it is needed, and again until it answers. */
    private synchronized Provider provider() {
        if (provider.isEmpty()) {
            try {
                var issuer = new Issuer(settings.issuer());
                var metadata = OIDCProviderMetadata.resolve(issuer, TIMEOUT_MILLIS, TIMEOUT_MILLIS);
                JWKSource<SecurityContext> keys = JWKSourceBuilder.create(
                                metadata.getJWKSetURI().toURL(),
                                new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MAX_KEYS_BYTES))
                        .build();
                var validator = new IDTokenValidator(
                        issuer,
                        new ClientID(settings.clientId()),
                        new JWSVerificationKeySelector<>(ALGORITHMS, keys),
                        null);
                provider = Optional.of(new Provider(metadata, validator));
            } catch (GeneralException | IOException e) {
                throw new OpenIdException(
                        "the provider " + settings.issuer() + " gives no answer: " + e.getMessage(), e);
            }
        }
        return provider.get();
    }
}

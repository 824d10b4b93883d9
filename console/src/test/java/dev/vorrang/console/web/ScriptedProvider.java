package dev.vorrang.console.web;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** An OpenID provider whose ID tokens a test can spoil. */
final class ScriptedProvider implements AutoCloseable {

    static final String CLIENT = "vorrang-console";

    private final HttpServer server;
    private final RSAKey key = key();
    private RSAKey signing = key;
    private boolean signed = true;
    private UnaryOperator<JWTClaimsSet.Builder> spoil = claims -> claims;
    private String nonce = "";
    private String challenge = "";

    ScriptedProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/.well-known/openid-configuration", call -> answer(call, 200, """
                {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
                 "jwks_uri":"%1$s/keys","response_types_supported":["code"],"subject_types_supported":["public"],
                 "id_token_signing_alg_values_supported":["RS256"]}
                """.formatted(issuer())));
        server.createContext("/keys", call -> answer(call, 200, new JWKSet(key.toPublicJWK()).toString()));
        server.createContext("/token", this::token);
        server.start();
    }

    URI issuer() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on ID tokens are signed by another key. */
    void signWithAnotherKey() {
        signing = key();
    }

    /** From now on ID tokens have no signature: their algorithm is {@code none}. */
    void signNoMore() {
        signed = false;
    }

    /** From now on ID tokens have other claims. */
    void spoil(UnaryOperator<JWTClaimsSet.Builder> change) {
        spoil = change;
    }

    /** Takes what a browser comes with, as if its user had logged in here; tells where the browser goes next. */
    String authorize(URI request) {
        Map<String, List<String>> asked = RawPath.parameters(request.getRawQuery());
        nonce = asked.get("nonce").get(0);
        challenge = asked.get("code_challenge").get(0);
        return asked.get("redirect_uri").get(0) + "?code=the-code&state="
                + asked.get("state").get(0);
    }

    private void token(HttpExchange call) throws IOException {
        var body = RawPath.parameters(new String(call.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII));
        boolean proven = body.get("code").contains("the-code")
                && challenge.equals(challengeOf(body.get("code_verifier").get(0)));
        if (!proven) {
            answer(call, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        answer(call, 200, """
                {"access_token":"none","token_type":"Bearer","id_token":"%s"}
                """.formatted(idToken()));
    }

    private String idToken() {
        var now = Instant.now();
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer().toString())
                .audience(CLIENT)
                .subject("4711")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .claim("nonce", nonce)
                .claim("preferred_username", "clara")
                .claim("realm_access", Map.of("roles", List.of("support", "other")));
        if (!signed) {
            return new PlainJWT(spoil.apply(claims).build()).serialize();
        }
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                spoil.apply(claims).build());
        try {
            token.sign(new RSASSASigner(signing));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    private static String challengeOf(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RSAKey key() {
        try {
            return new RSAKeyGenerator(2048).keyID("one").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange call, int status, String body) {
        try (call) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            call.getResponseHeaders().add("Content-Type", "application/json");
            call.sendResponseHeaders(status, bytes.length);
            call.getResponseBody().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

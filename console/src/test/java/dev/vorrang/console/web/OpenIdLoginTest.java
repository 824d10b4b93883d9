package dev.vorrang.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.vorrang.console.MemoryConsole;
import dev.vorrang.console.access.AccessSettings;
import dev.vorrang.console.access.OpenIdSettings;
import dev.vorrang.console.access.Role;
import dev.vorrang.console.access.SessionLimits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OpenIdLoginTest {

    private final MemoryConsole console = new MemoryConsole();
    private ScriptedProvider provider;
    private ConsoleServer server;
    private Browser browser;

    @BeforeEach
    void start() throws IOException {
        provider = new ScriptedProvider();
        var openId = new OpenIdSettings(
                provider.issuer(),
                ScriptedProvider.CLIENT,
                Optional.of("a client's secret"),
                "preferred_username",
                "realm_access.roles",
                Map.of(Role.AGENT, Set.of("support"), Role.ADMIN, Set.of("boss")));
        var access =
                new AccessSettings(Optional.empty(), Optional.empty(), SessionLimits.STANDARD, Optional.of(openId));
        server = ConsoleServer.start(ConsoleSettings.onLoopback(0, access), console.services());
        browser = new Browser(server.url());
    }

    @AfterEach
    void stop() {
        server.close();
        provider.close();
    }

    @Test
    void shouldLogInWithTheRoleOfTheClaim() {
        var answer = browser.visit(provider.authorize(begin()));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/");
        var me = Browser.json(browser.get("/api/v1/me"));
        assertThat(me.path("user").textValue()).isEqualTo("clara");
        assertThat(me.path("roles").toString()).isEqualTo("[\"VIEWER\",\"AGENT\"]");
    }

    @Test
    void shouldUseAnAnswerOnce() {
        String callback = provider.authorize(begin());
        Browser other = new Browser(server.url());
        assertRefused(other.visit(callback));
        assertThat(browser.visit(callback).headers().firstValue("Location")).contains("/");
        assertRefused(browser.visit(callback));
    }

    @Test
    void shouldRefuseAnAnswerThatWasForgedForThisBrowser() {
        String callback = provider.authorize(begin());
        assertRefused(browser.visit(callback.replaceFirst("state=.*", "state=other")));
    }

    @Test
    void shouldRefuseTheSignatureOfAnotherKey() {
        provider.signWithAnotherKey();
        assertRefused(browser.visit(provider.authorize(begin())));
    }

    @Test
    void shouldRefuseTokensWithoutASignature() {
        provider.signNoMore();
        assertRefused(browser.visit(provider.authorize(begin())));
    }

    static List<Arguments> claims() {
        return List.of(
                spoiled("nonce", claims -> claims.claim("nonce", "other")),
                spoiled("audience", claims -> claims.audience("another client")),
                spoiled("issuer", claims -> claims.issuer("https://other.example")),
                spoiled(
                        "expiry",
                        claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(3600)))),
                spoiled("no role", claims -> claims.claim("realm_access", Map.of("roles", List.of("other")))),
                spoiled("name", claims -> claims.claim("preferred_username", "a\r\nb")));
    }

    private static Arguments spoiled(String name, UnaryOperator<JWTClaimsSet.Builder> change) {
        return Arguments.of(name, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("claims")
    void shouldRefuseClaimsThatAreNotRight(String name, UnaryOperator<JWTClaimsSet.Builder> change) {
        provider.spoil(change);
        assertRefused(browser.visit(provider.authorize(begin())));
    }

    private URI begin() {
        var answer = browser.visit("/login/oidc");
        assertThat(answer.statusCode()).isEqualTo(303);
        var address = URI.create(answer.headers().firstValue("Location").orElseThrow());
        assertThat(address.getQuery())
                .contains("response_type=code", "code_challenge_method=S256", "nonce=", "state=", "scope=openid");
        return address;
    }

    private void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/login#error=openid");
        assertThat(answer.headers().allValues("Set-Cookie"))
                .noneMatch(each -> each.startsWith("vorrang=") && !each.contains("Max-Age=0"));
    }
}

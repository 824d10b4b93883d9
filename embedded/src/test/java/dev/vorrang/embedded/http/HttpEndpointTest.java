package dev.vorrang.embedded.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is answered, and what keeps others from an answer: nothing. Written to the socket, for clients would not send it. */
class HttpEndpointTest {

    private static final int ANSWER_LIMIT_MS = 60_000;

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private HttpEndpoint endpoint;

    @BeforeEach
    void start() throws IOException {
        endpoint = start("127.0.0.1");
    }

    private static HttpEndpoint start(String host) throws IOException {
        return HttpEndpoint.start("test", new InetSocketAddress(host, 0), METHODS, Optional.empty(), call -> {
            if (call.path().equals("/fault")) {
                throw new StackOverflowError();
            }
            return HttpAnswer.text(
                    200, call.method() + " " + call.path() + " " + new String(call.body(), StandardCharsets.UTF_8));
        });
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void shouldAnswerWhileManyRequestsAreSentInPart() throws Exception {
        var held = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 100; i++) {
                held.add(send("GET / HTTP/1.1\r\nHost: localhost\r\nX: "));
                held.add(send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 1000\r\n\r\n{"));
                held.add(send(""));
            }
            assertThat(answer("GET /path", "Host: localhost")).contains(" 200 ", "GET /path");
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8081", "127.0.0.1", "127.0.0.1:8081", "[::1]:8081"})
    void shouldAnswerToItsOwnNames(String host) throws Exception {
        assertThat(answer("GET /", "Host: " + host)).contains(" 200 ");
    }

    /** The name of a page's server that its owner lets point to this machine. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "attacker.example",
                "attacker.example:8081",
                "127.0.0.1.attacker.example",
                "localhost.attacker.example",
                "127.0.0.1@attacker.example",
                "attacker.example#127.0.0.1",
                ""
            })
    void shouldNotAnswerToNamesThatAreNotItsOwn(String host) throws Exception {
        for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
            assertThat(answer(method + " /", "Host: " + host, "Content-Type: application/json"))
                    .containsAnyOf(" 421 ", " 400 ")
                    .doesNotContain(" 200 ");
        }
    }

    /** Where others reach it, it has names that it does not know. */
    @Test
    void shouldAnswerToAnyNameWhereANetworkReachesIt() throws Exception {
        endpoint.close();
        endpoint = start("0.0.0.0");

        assertThat(answer("GET /", "Host: scoring:9404")).contains(" 200 ");
        assertThat(endpoint.url().getHost()).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/plain",
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Type: multipart/form-data; boundary=application/json",
                "Content-Type: text/plain; x=application/json",
                "X-No-Type: application/json"
            })
    void shouldRefuseWhatAPageCanPostWithoutAsking(String type) throws Exception {
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            assertThat(answer(method + " /", "Host: localhost", type, "Content-Length: 0"))
                    .contains(method.equals("DELETE") ? " 200 " : " 415 ");
            assertThat(answer(method + " /", "Host: localhost", type, "Content-Length: 2", "", "{}"))
                    .contains(" 415 ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://attacker.example",
                "Origin: null",
                "Origin: http://localhost:1",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site"
            })
    void shouldRefuseWhatAPageOfAnotherSiteAsksFor(String header) throws Exception {
        for (String method : List.of("GET", "POST", "DELETE", "OPTIONS")) {
            assertThat(answer(method + " /", "Host: localhost", header, "Content-Type: application/json"))
                    .contains(" 403 ")
                    .doesNotContain("Access-Control-Allow");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "application/json; charset=utf-8", "application/vnd.schemaregistry.v1+json"})
    void shouldTakeJson(String type) throws Exception {
        assertThat(answer("POST /a%2Fb", "Host: localhost", "Content-Type: " + type, "Content-Length: 2", "", "{}"))
                .contains(" 200 ", "POST /a%2Fb {}");
    }

    @Test
    void shouldRefuseTooLongABodyAndGoOnAfterAFault() throws Exception {
        assertThat(answer(
                        "POST /",
                        "Host: localhost",
                        "Content-Type: application/json",
                        "Content-Length: 4194305",
                        "",
                        "{"))
                .contains(" 413 ");
        for (int i = 0; i < 20; i++) {
            assertThat(answer("GET /fault", "Host: localhost")).contains(" 500 ");
        }
        assertThat(answer("GET /", "Host: localhost")).contains(" 200 ");
    }

    @Test
    void shouldNameTheMethodsThatThereAre() throws Exception {
        assertThat(answer("TRACE /", "Host: localhost"))
                .contains(" 405 ", "Allow: DELETE, GET, OPTIONS, PATCH, POST, PUT");
    }

    @Test
    void shouldSayThatAnAddressCannotBeHad() {
        var taken = new InetSocketAddress("127.0.0.1", endpoint.url().getPort());

        assertThatThrownBy(() -> HttpEndpoint.start("test", taken, METHODS, Optional.empty(), call -> null))
                .isInstanceOf(IOException.class);
    }

    private Socket send(String text) throws IOException {
        var socket = new Socket(endpoint.url().getHost(), endpoint.url().getPort());
        socket.setSoTimeout(ANSWER_LIMIT_MS);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return socket;
    }

    /** @param lines headers and, after an empty line, the body */
    private String answer(String methodAndPath, String... lines) throws IOException {
        var all = String.join("\r\n", lines);
        var end = List.of(lines).contains("") ? "" : "\r\n\r\n";
        try (var socket = send(methodAndPath + " HTTP/1.1\r\nConnection: close\r\n" + all + end);
                var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            return in.lines().collect(Collectors.joining("\n"));
        }
    }
}

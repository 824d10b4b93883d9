package dev.vorrang.app.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vorrang.embedded.http.HttpAnswer;
import dev.vorrang.embedded.http.HttpEndpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class EndpointWatchTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Test
    void shouldNoticeThatAServerEndedAndHaveItStartedAgain() throws Exception {
        var first = start(0);
        var url = first.url();
        var running = new AtomicReference<>(first);
        var watch = new EndpointWatch("the registry", url, () -> running.set(start(url.getPort())));
        try {
            assertThat(watch.problem()).isEmpty();
            first.close();

            await().atMost(LIMIT).until(watch::problem, problem -> problem.filter(
                            text -> text.contains("the registry at " + url + " gives no answer"))
                    .isPresent());
            await().atMost(LIMIT).until(watch::problem, Optional::isEmpty);
            assertThat(running.get()).isNotSameAs(first);

            // In its place, as the program does it.
            running.get().restart();
            assertThat(running.get().url()).isEqualTo(url);
        } finally {
            running.get().close();
        }
    }

    private static HttpEndpoint start(int port) throws IOException {
        return HttpEndpoint.start(
                "test",
                new InetSocketAddress("127.0.0.1", port),
                Set.of("GET"),
                Optional.empty(),
                call -> HttpAnswer.text(404, "no"));
    }
}

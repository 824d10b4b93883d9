package dev.vorrang.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.registry.RegistryUnavailableException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broker and registry with a login: who has it is let in, and nobody else. */
class EmbeddedLoginTest {

    private static final EmbeddedLogin LOGIN = EmbeddedLogin.generate();

    @TempDir
    Path folder;

    @Test
    void shouldLetInWhoHasTheLoginAndNobodyElse() throws Exception {
        try (var kafka = EmbeddedKafka.start(folder, 0, LOGIN)) {
            assertThat(clusterId(kafka, LOGIN.kafkaClient())).isNotBlank();

            assertThatThrownBy(() -> clusterId(kafka, Map.of())).as("no login").isInstanceOf(Exception.class);
            assertThatThrownBy(() -> clusterId(kafka, EmbeddedLogin.generate().kafkaClient()))
                    .as("another password")
                    .hasRootCauseInstanceOf(SaslAuthenticationException.class);
            var controller = "127.0.0.1:" + kafka.ports().controller();
            assertThat(answer("bootstrap.controllers", controller, LOGIN.kafkaClient()))
                    .isNotBlank();
            assertThatThrownBy(() -> answer("bootstrap.controllers", controller, Map.of()))
                    .as("no login, straight to the controller")
                    .isInstanceOf(Exception.class);
        }
    }

    @Test
    void shouldTakeOverAFolderFromTheTimeBeforeThereWasALogin() throws Exception {
        String before;
        try (var kafka = EmbeddedKafka.start(folder, 0)) {
            before = clusterId(kafka, Map.of());
        }
        // As a broker leaves it that was killed.
        Files.delete(folder.resolve(".kafka_cleanshutdown"));
        try (var kafka = EmbeddedKafka.start(folder, 0, LOGIN)) {
            assertThat(clusterId(kafka, LOGIN.kafkaClient())).isEqualTo(before);
        }
    }

    @Test
    void shouldAskTheRegistrysClientsForTheLogin() {
        try (var kafka = EmbeddedKafka.start(folder, 0, LOGIN)) {
            var client = new HashMap<>(LOGIN.kafkaClient());
            client.put("bootstrap.servers", kafka.bootstrapServers());
            var listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            try (var registry = EmbeddedRegistry.start(client, listen, Optional.of(LOGIN));
                    var inside = connect(registry, LOGIN.registryClient());
                    var outside = connect(registry, Map.of());
                    var guess = connect(registry, EmbeddedLogin.generate().registryClient())) {
                assertThat(inside.subjects()).isEmpty();
                assertThatThrownBy(outside::subjects)
                        .isInstanceOf(RegistryUnavailableException.class)
                        .hasMessageContaining("rejects the credentials");
                assertThatThrownBy(guess::subjects)
                        .isInstanceOf(RegistryUnavailableException.class)
                        .hasMessageContaining("rejects the credentials");
            }
        }
    }

    @Test
    void shouldNotShowThePassword() {
        assertThat(LOGIN.toString()).doesNotContain(LOGIN.password());
        assertThat(LOGIN.password())
                .hasSizeGreaterThan(40)
                .isNotEqualTo(EmbeddedLogin.generate().password());
    }

    private static ConfluentSchemaRegistry connect(EmbeddedRegistry registry, Map<String, String> login) {
        var client = new HashMap<>(login);
        client.put("schema.registry.url", registry.url().toString());
        return ConfluentSchemaRegistry.connect(client);
    }

    private static String clusterId(EmbeddedKafka kafka, Map<String, String> login) throws Exception {
        return answer("bootstrap.servers", kafka.bootstrapServers(), login);
    }

    private static String answer(String key, String address, Map<String, String> login) throws Exception {
        var client = new HashMap<String, Object>(login);
        client.put(key, address);
        client.put("default.api.timeout.ms", "3000");
        client.put("request.timeout.ms", "3000");
        try (var admin = Admin.create(client)) {
            return admin.describeCluster().clusterId().get(30, TimeUnit.SECONDS);
        }
    }
}

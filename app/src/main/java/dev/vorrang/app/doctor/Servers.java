package dev.vorrang.app.doctor;

import dev.vorrang.app.kit.Check;
import dev.vorrang.app.program.ListeningPort;
import dev.vorrang.app.settings.Placement;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.console.access.UserFile;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.registry.RegistryUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Tries the servers and folders that the settings name, without changing any of them. */
final class Servers {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Settings settings;

    Servers(Settings settings) {
        this.settings = settings;
    }

    Check dataFolder() {
        var folder = settings.data().toAbsolutePath();
        Path existing = folder;
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            return Check.bad("data", existing + " cannot be written", "set data to a folder that this user can write");
        }
        return Check.good("data", folder + ", " + (existing.toFile().getUsableSpace() >> 30) + " GiB free");
    }

    Check broker() {
        var kafka = settings.kafka();
        if (kafka.mode() == Placement.EMBEDDED) {
            return listener("broker", "127.0.0.1", kafka.port(), "kafka.port");
        }
        var servers = kafka.bootstrapServers().orElseThrow();
        var client = new HashMap<String, Object>(kafka.properties().values());
        client.put("bootstrap.servers", servers);
        client.put("default.api.timeout.ms", Long.toString(LIMIT.toMillis()));
        client.put("request.timeout.ms", Long.toString(LIMIT.toMillis()));
        try (var admin = Admin.create(client)) {
            int nodes = admin.describeCluster().nodes().get().size();
            return Check.good("broker", servers + " answers, " + nodes + " nodes");
        } catch (ExecutionException | KafkaException e) {
            return Check.bad(
                    "broker",
                    servers + " gives no answer: " + e.getMessage(),
                    "is kafka.bootstrap-servers right, and does kafka.properties have what its security asks for?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Check.bad("broker", "interrupted", "run it again");
        }
    }

    Check registry() {
        var registry = settings.registry();
        if (registry.mode() == Placement.EMBEDDED) {
            return listener("registry", registry.address(), registry.port(), "registry.port");
        }
        var url = registry.url().orElseThrow();
        var client = new HashMap<>(registry.properties().values());
        client.put("schema.registry.url", url.toString());
        try (var connection = ConfluentSchemaRegistry.connect(client)) {
            return Check.good(
                    "registry", url + " answers, " + connection.subjects().size() + " subjects");
        } catch (RegistryUnavailableException | IllegalArgumentException e) {
            return Check.bad("registry", e.getMessage(), "check registry.url and registry.properties");
        }
    }

    Check console() {
        var web = settings.console().web();
        return new ListeningPort("console.port", web.address(), web.port())
                .problem()
                .map(problem -> Check.bad("console", problem.finding(), problem.advice()))
                .orElseGet(this::users);
    }

    /** Whether anybody can log in, with the file of users as it is. */
    private Check users() {
        var web = settings.console().web();
        try {
            var users = new UserFile(web.access().users().orElseThrow()).read();
            return Check.good(
                    "console",
                    "port " + web.port() + " of " + web.address() + " is free, "
                            + (users.isEmpty() ? "no users: it prints a login link" : users.size() + " users"));
        } catch (IOException e) {
            return Check.bad(
                    "console", e.getMessage(), "mend the file of users, or name another in console.users-file");
        }
    }

    /** Where a server of this program's own will listen. */
    private static Check listener(String what, String host, int port, String key) {
        return new ListeningPort(key, host, port)
                .problem()
                .map(problem -> Check.bad(what, "embedded, but " + problem.finding(), problem.advice()))
                .orElse(Check.good(what, "embedded, port " + port + " of " + host + " is free"));
    }
}

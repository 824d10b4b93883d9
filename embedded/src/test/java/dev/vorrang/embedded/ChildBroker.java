package dev.vorrang.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A program of a test that runs a broker in a process of its own, where it can be stopped or killed. */
final class ChildBroker {

    private ChildBroker() {}

    /** Starts a class with {@code main}, whose argument is the broker's folder. Its standard output can be read. */
    static Process start(Class<?> program, Path folder) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        program.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** In the program: a broker with a topic, which an earlier program may have made. */
    static EmbeddedKafka withTopic(Path folder, String topic, int partitions) throws Exception {
        var kafka = EmbeddedKafka.start(folder, 0);
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()))) {
            if (!admin.listTopics().names().get().contains(topic)) {
                admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                        .all()
                        .get();
            }
        }
        return kafka;
    }
}

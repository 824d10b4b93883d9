package dev.vorrang.app.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The broker.
 *
 * @param mode embedded: a broker of this program's own
 * @param bootstrapServers of an external broker, {@code host:port}, several with commas; empty if embedded
 * @param port of the embedded broker on the local machine, 0 for any free one
 * @param properties for every client of an external broker, by Kafka's names
 */
public record KafkaSettings(Placement mode, Optional<String> bootstrapServers, int port, ClientProperties properties) {

    static final Section KEYS = new Section("kafka", "Broker", "");

    private static final Key<Placement> MODE = KEYS.add(Key.of(
            "mode",
            Kind.oneOf(Placement.class),
            "embedded",
            "`embedded` starts a broker in this process, which stores its records under `data`; `external`"
                    + " uses your own."));
    private static final Key<String> BOOTSTRAP_SERVERS = KEYS.add(Key.of(
                    "bootstrap-servers",
                    Kind.text("host:port, several with commas", "[^\\s,:]+:\\d{1,5}(\\s*,\\s*[^\\s,:]+:\\d{1,5})*"),
                    "Addresses of the external broker; required if `external`.")
            .example("kafka-1.example.org:9092,kafka-2.example.org:9092"));
    private static final Key<Integer> PORT = KEYS.add(Key.of(
            "port",
            Kind.listeningPort(),
            "9092",
            "Port of the embedded broker, on 127.0.0.1 only. It requires the login in `client.properties` of"
                    + " the data folder."));
    private static final Key<String> PROPERTIES = KEYS.add(Key.of(
                    "properties.*",
                    Kind.text(),
                    "Further settings of all Kafka clients, by Kafka's names, such as `security.protocol` or"
                            + " `ssl.truststore.location`.")
            .example("security.protocol: SASL_SSL", "sasl.mechanism: SCRAM-SHA-512"));
    private static final Key<Path> PROPERTIES_FILE = KEYS.add(Key.of(
                    "properties-file",
                    Kind.path(),
                    "Java properties file with further settings, for secrets such as `sasl.jaas.config`.")
            .example("/run/secrets/kafka.properties"));

    static KafkaSettings read(SettingsReader reader) {
        var mode = reader.get(MODE);
        var servers = mode == Placement.EXTERNAL
                ? reader.require(BOOTSTRAP_SERVERS, "kafka.mode is external")
                : Optional.<String>empty();
        if (mode == Placement.EMBEDDED && reader.isSet(BOOTSTRAP_SERVERS)) {
            reader.problem("kafka.bootstrap-servers", "allowed only if kafka.mode is external");
        }
        return new KafkaSettings(mode, servers, reader.get(PORT), properties(reader, PROPERTIES, PROPERTIES_FILE));
    }

    /** Those of the file, with the others over them. */
    static ClientProperties properties(SettingsReader reader, Key<String> properties, Key<Path> file) {
        var all = new HashMap<String, String>();
        reader.find(file).ifPresent(path -> all.putAll(load(reader, file.path(), path)));
        all.putAll(reader.map(properties));
        return new ClientProperties(all);
    }

    private static Map<String, String> load(SettingsReader reader, String name, Path path) {
        var properties = new Properties();
        try (Reader text = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            properties.load(text);
        } catch (IOException | IllegalArgumentException e) {
            reader.problem(name, "'" + path + "' cannot be read: allowed is a Java properties file in UTF-8");
        }
        var values = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        return values;
    }
}

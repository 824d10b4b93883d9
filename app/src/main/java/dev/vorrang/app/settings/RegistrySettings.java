package dev.vorrang.app.settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The schema registry.
 *
 * @param mode embedded: one of this program's own, which keeps its schemas in the broker
 * @param url of an external registry; empty if embedded
 * @param address the embedded registry listens on
 * @param port of the embedded registry, 0 for any free one
 * @param properties for the client of an external registry, by Confluent's names
 */
public record RegistrySettings(
        Placement mode, Optional<URI> url, String address, int port, ClientProperties properties) {

    static final Section KEYS = new Section("registry", "Schema registry", "");

    private static final Key<Placement> MODE = KEYS.add(Key.of(
            "mode",
            Kind.oneOf(Placement.class),
            "embedded",
            "`embedded` starts a registry in this process, which stores its schemas in the broker; "
                    + "`external` uses your own with Confluent's REST API."));
    private static final Key<URI> URL =
            KEYS.add(Key.of("url", Kind.httpUrl(), "Address of the external registry; required if `external`.")
                    .example("https://registry.example.org:8081"));
    private static final Key<String> ADDRESS = KEYS.add(Key.of(
            "address",
            Kind.text("a host name or address", "[^\\s/]+"),
            "127.0.0.1",
            "Address on which the embedded registry listens. It requires the login in `client.properties` of"
                    + " the data folder."));
    private static final Key<Integer> PORT =
            KEYS.add(Key.of("port", Kind.listeningPort(), "8081", "Port of the embedded registry."));
    private static final Key<String> PROPERTIES = KEYS.add(Key.of(
                    "properties.*",
                    Kind.text(),
                    "Further settings of the registry client, by Confluent's names, such as "
                            + "`basic.auth.credentials.source` or `auto.register.schemas`.")
            .example("basic.auth.credentials.source: USER_INFO"));
    private static final Key<Path> PROPERTIES_FILE = KEYS.add(Key.of(
                    "properties-file",
                    Kind.path(),
                    "Java properties file with further settings, for secrets such as `basic.auth.user.info`.")
            .example("/run/secrets/registry.properties"));

    static RegistrySettings read(SettingsReader reader) {
        var mode = reader.get(MODE);
        var url = mode == Placement.EXTERNAL ? reader.require(URL, "registry.mode is external") : Optional.<URI>empty();
        if (mode == Placement.EMBEDDED && reader.isSet(URL)) {
            reader.problem("registry.url", "allowed only if registry.mode is external");
        }
        return new RegistrySettings(
                mode,
                url,
                reader.get(ADDRESS),
                reader.get(PORT),
                KafkaSettings.properties(reader, PROPERTIES, PROPERTIES_FILE));
    }
}

package dev.vorrang.app.settings;

import java.util.List;

/**
 * Metrics for Prometheus, over HTTP.
 *
 * @param enabled whether they are offered
 * @param address to listen on
 * @param port to listen on, 0 for any free one
 */
public record MetricsSettings(boolean enabled, String address, int port) {

    private static final Key<Boolean> ENABLED =
            Key.of("metrics.enabled", Kind.flag(), "true", "Whether metrics are offered to Prometheus.");
    private static final Key<String> ADDRESS = Key.of(
            "metrics.address",
            Kind.text("a host name or address", "[^\\s/]+"),
            "127.0.0.1",
            "Address that `/metrics` listens on; `0.0.0.0` for all.");
    private static final Key<Integer> PORT =
            Key.of("metrics.port", Kind.listeningPort(), "9404", "Port that `/metrics` listens on.");

    static final List<Key<?>> KEYS = List.of(ENABLED, ADDRESS, PORT);

    static MetricsSettings read(SettingsReader reader) {
        return new MetricsSettings(reader.get(ENABLED), reader.get(ADDRESS), reader.get(PORT));
    }
}

package dev.vorrang.app.settings;

/**
 * Metrics for Prometheus, over HTTP.
 *
 * @param enabled whether they are offered
 * @param address to listen on
 * @param port to listen on, 0 for any free one
 */
public record MetricsSettings(boolean enabled, String address, int port) {

    static final Section KEYS = new Section("metrics", "Metrics", "Metrics for Prometheus, at `/metrics`.");

    private static final Key<Boolean> ENABLED =
            KEYS.add(Key.of("enabled", Kind.flag(), "true", "Whether metrics are exposed for Prometheus."));
    private static final Key<String> ADDRESS = KEYS.add(Key.of(
            "address",
            Kind.text("a host name or address", "[^\\s/]+"),
            "127.0.0.1",
            "Address on which `/metrics` listens; `0.0.0.0` for all."));
    private static final Key<Integer> PORT =
            KEYS.add(Key.of("port", Kind.listeningPort(), "9404", "Port on which `/metrics` listens."));

    static MetricsSettings read(SettingsReader reader) {
        return new MetricsSettings(reader.get(ENABLED), reader.get(ADDRESS), reader.get(PORT));
    }
}

package dev.vorrang.app.streams.demand.source;

import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.settings.ConnectorSource;
import dev.vorrang.app.settings.SourceSection;
import dev.vorrang.app.stream.SourceConnectors;
import dev.vorrang.connectors.reading.OrderSettings;
import dev.vorrang.schemas.Topics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sources of demand. */
public final class DemandSources {

    /** Where they are listed. */
    public static final SourceSection<ConnectorSource> SECTION = ConnectorSource.section(
            "ingest.demand",
            "Sources of demand",
            connectors(),
            "orders",
            List.of(
                    "file.folder: /var/spool/orders",
                    "payload.csv.machine: article",
                    "payload.csv.time: ordered_at",
                    "payload.time.zone: Europe/Berlin",
                    "demand.quantity: quantity",
                    "demand.id: order_line"));

    private DemandSources() {}

    private static Map<String, String> connectors() {
        var connectors = new LinkedHashMap<String, String>();
        connectors.put(SourceConnectors.FILES, "in a folder");
        connectors.put(SourceConnectors.MQTT, "topics of a broker");
        return connectors;
    }

    /**
     * Settings of the connector that reads a source, of order lines unless it says otherwise. They may hold secrets: for Connect alone.
     *
     * @throws CommandFailedException if the connector has no such setting, or is to read what is no demand
     */
    public static Map<String, String> config(ConnectorSource source, Topics names, Map<String, String> registry) {
        Map<String, String> config = SourceConnectors.config(
                SECTION,
                source,
                names.demandObserved(),
                names.demandDeadLetters(),
                Map.of(OrderSettings.RECORD, OrderSettings.ORDER_LINE),
                registry);
        String record = config.get(OrderSettings.RECORD);
        if (!OrderSettings.isDemand(record)) {
            throw CommandFailedException.wrongUsage(SECTION.path() + " " + source.name() + ": settings."
                    + OrderSettings.RECORD + " is '" + record + "': allowed are " + OrderSettings.ORDER_LINE + " and "
                    + OrderSettings.PERIOD_TOTAL);
        }
        return config;
    }
}

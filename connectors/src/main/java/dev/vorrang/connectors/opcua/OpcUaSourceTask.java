package dev.vorrang.connectors.opcua;

import dev.vorrang.connectors.plugin.SourcePartition;
import dev.vorrang.connectors.plugin.Version;
import dev.vorrang.connectors.reading.ReadingRecords;
import dev.vorrang.connectors.reading.RecordSettings;
import dev.vorrang.ingest.opcua.OpcUaReader;
import dev.vorrang.ingest.opcua.OpcUaRefusedException;
import dev.vorrang.ingest.reading.Decoded;
import dev.vorrang.schemas.SensorReading;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/**
 * Hands the readings of some machines to Connect. {@link #poll} waits at most a second; {@link #stop} signals and waits for the
 * reader's thread, which ends at once.
 *
 * <p>The server keeps no place to go on from. The offset of a machine is the time of its last reading, and says no more than that it
 * was read before: then its first reading after a restart has the flag {@code gap}.
 */
public final class OpcUaSourceTask extends SourceTask {

    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final String ENDPOINT = "endpoint";
    private static final String MACHINE = "machine";
    private static final String TIME = "time";
    private static final String GAP = "gap";

    private final Set<String> started = new HashSet<>();
    private OpcUaSourceConfig config;
    private ReadingRecords records;
    private volatile OpcUaReader reader;

    /** Made by Connect. */
    public OpcUaSourceTask() {}

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public void start(Map<String, String> props) {
        config = new OpcUaSourceConfig(props);
        var clock = Clock.systemUTC();
        records = RecordSettings.records(config, clock);
        reader = OpcUaReader.start(config.access(), config.nodes(), config.sampling(), config.bufferReadings(), clock);
    }

    @Override
    public List<SourceRecord> poll() throws InterruptedException {
        try {
            var polled = new ArrayList<SourceRecord>();
            for (var decoded : reader.take(RecordSettings.batchSize(config), WAIT)) {
                polled.add(record(decoded));
            }
            return polled.isEmpty() ? null : polled;
        } catch (OpcUaRefusedException e) {
            throw new ConnectException(e.getMessage() + " (see " + settings(e.concern()) + ")", e);
        }
    }

    private static String settings(OpcUaRefusedException.Concern concern) {
        return switch (concern) {
            case POLICY -> OpcUaSettings.POLICY + " and " + OpcUaSettings.MODE;
            case CERTIFICATES -> OpcUaSettings.CERTIFICATES + " and " + OpcUaSettings.CERTIFICATES_PASSWORD;
            case LOGIN -> OpcUaSettings.LOGIN.user() + " and " + OpcUaSettings.LOGIN.password();
            case USER_CERTIFICATE -> OpcUaSettings.USER_CERTIFICATE + " and " + OpcUaSettings.USER_CERTIFICATE_PASSWORD;
            case NODES -> OpcUaSettings.NODES + " or " + OpcUaSettings.BROWSE_TEMPLATE;
        };
    }

    private SourceRecord record(Decoded decoded) {
        if (!(decoded instanceof Decoded.Accepted accepted)) {
            return records.of(decoded, Map.of(ENDPOINT, config.endpoint()), Map.of(TIME, 0L));
        }
        var reading = accepted.reading();
        var partition = SourcePartition.of(ENDPOINT, config.endpoint(), MACHINE, reading.getMachine());
        var offset = Map.of(TIME, reading.getTime().toEpochMilli());
        if (started.add(reading.getMachine()) && wasReadBefore(partition)) {
            return records.of(new Decoded.Accepted(withGap(reading)), partition, offset);
        }
        return records.of(decoded, partition, offset);
    }

    private boolean wasReadBefore(Map<String, String> partition) {
        return SourcePartition.position(context.offsetStorageReader(), partition) != null;
    }

    private static SensorReading withGap(SensorReading reading) {
        if (reading.getFlags().contains(GAP)) {
            return reading;
        }
        var flags = new ArrayList<>(reading.getFlags());
        flags.add(GAP);
        return SensorReading.newBuilder(reading).setFlags(flags).build();
    }

    @Override
    public void stop() {
        if (reader != null) {
            reader.close();
        }
    }
}

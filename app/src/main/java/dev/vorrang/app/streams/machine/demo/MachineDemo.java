package dev.vorrang.app.streams.machine.demo;

import dev.vorrang.app.kit.DemoSource;
import dev.vorrang.app.kit.Source;
import dev.vorrang.app.settings.ClientProperties;
import dev.vorrang.app.settings.ConnectorSource;
import dev.vorrang.app.stream.SourceConnectors;
import dev.vorrang.app.streams.machine.source.MachineSources;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/** The demo's machines at their MQTT broker. */
public final class MachineDemo implements DemoSource {

    private final DemoPlant plant;

    private MachineDemo(DemoPlant plant) {
        this.plant = plant;
    }

    /** @param folder for what the broker keeps */
    public static MachineDemo start(Path folder, Clock clock) {
        return new MachineDemo(DemoPlant.start(folder, clock));
    }

    @Override
    public String address() {
        return plant.broker().toString();
    }

    @Override
    public String hint() {
        return address();
    }

    @Override
    public Source connector(Topics names, Map<String, String> registry) {
        var settings = Map.of(
                "mqtt.host",
                plant.broker().getHost(),
                "mqtt.port",
                Integer.toString(plant.broker().getPort()),
                "mqtt.security",
                "none",
                "mqtt.client.id",
                DemoPlant.READER,
                "mqtt.filters",
                DemoPlant.FILTER,
                "payload.topic.template",
                DemoPlant.FILTER.replace("+", "{machine}"),
                "payload.json.time",
                "/time",
                "payload.json.values",
                "/values");
        var source = new ConnectorSource(DemoPlant.READER, SourceConnectors.MQTT, 1, new ClientProperties(settings));
        return new Source("machines", source.name(), address(), MachineSources.config(source, names, registry));
    }

    @Override
    public int scores() {
        return plant.readings();
    }

    @Override
    public void run(boolean once, Predicate<Duration> enough) {
        plant.run(once, enough);
    }

    @Override
    public Optional<Instant> cameAt(SpecificRecord output) {
        return output instanceof MachineScore score
                ? plant.sentAt(score.getMachine(), score.getTime())
                : Optional.empty();
    }

    @Override
    public void close() {
        plant.close();
    }
}

package dev.vorrang.ingest.sparkplug;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.vorrang.ingest.mqtt.MessageDecoder;
import dev.vorrang.ingest.mqtt.MqttBroker;
import dev.vorrang.ingest.mqtt.MqttMessage;
import dev.vorrang.ingest.reading.Decoded;
import dev.vorrang.ingest.reading.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sparkplug B: births tell what aliases mean, data comes in numbered messages, deaths tell that nothing more will. What comes before
 * a message that is still missing waits for it; what comes before its birth waits for that, and a rebirth is asked for. After the
 * wait data is read with the flag {@code gap}; what cannot be understood is refused. Machines are named
 * {@code GROUP/EDGE} and {@code GROUP/EDGE/DEVICE}. For one thread.
 */
public final class SparkplugDecoder implements MessageDecoder {

    private static final Logger LOG = LoggerFactory.getLogger(SparkplugDecoder.class);
    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final Duration BETWEEN_REBIRTHS = Duration.ofSeconds(10);
    private static final int LONGEST = 4 << 20;
    private static final int MAX_NODES = 10_000;
    private static final int MAX_WAITING = 1_000;
    private static final int SEQUENCE = 256;

    private final Function<String, String> source;
    private final BiConsumer<String, byte[]> publisher;
    private final Map<String, Line> lines = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Line> eldest) {
            return size() > MAX_NODES && eldest.getValue().waiting.isEmpty();
        }
    };

    /** A message that was read, but not yet understood. */
    private record Parsed(MqttMessage message, SparkplugTopic topic, Payload payload) {

        int seq() {
            return (int) payload.getSeq();
        }
    }

    /** An edge node, and its messages that wait. */
    private static final class Line {
        private final EdgeNode node = new EdgeNode();
        private final List<Parsed> waiting = new ArrayList<>();
        private Instant since = Instant.MAX;
        private Instant askedAt = Instant.MIN;
    }

    /**
     * @param publisher takes topic and payload of what is asked of edge nodes
     */
    public SparkplugDecoder(MqttBroker broker, BiConsumer<String, byte[]> publisher) {
        this(broker::url, publisher);
    }

    /** @param source makes a URL of a topic */
    SparkplugDecoder(Function<String, String> source, BiConsumer<String, byte[]> publisher) {
        this.source = source;
        this.publisher = publisher;
    }

    @Override
    public List<Done> accept(MqttMessage message) {
        Optional<SparkplugTopic> topic = SparkplugTopic.parse(message.topic());
        if (topic.isEmpty()) {
            return message.topic().startsWith("spBv1.0/STATE/")
                            || message.topic().startsWith("STATE/")
                    ? List.of(new Done(message, List.of()))
                    : List.of(
                            refused(message, "topic '" + message.topic() + "': allowed is " + SparkplugTopic.ALLOWED));
        }
        if (topic.get().type() == SparkplugTopic.Type.NCMD || topic.get().type() == SparkplugTopic.Type.DCMD) {
            return List.of(new Done(message, List.of()));
        }
        try {
            Payload payload = parse(message.payload(), topic.get().type());
            Line line = lines.computeIfAbsent(topic.get().node(), any -> new Line());
            return take(line, new Parsed(message, topic.get(), payload));
        } catch (SparkplugException e) {
            return List.of(refused(message, e.getMessage()));
        }
    }

    private static Payload parse(byte[] bytes, SparkplugTopic.Type type) throws SparkplugException {
        if (bytes.length == 0 || bytes.length > LONGEST) {
            throw new SparkplugException("payload of " + bytes.length + " bytes: allowed are 1 to " + LONGEST);
        }
        try {
            Payload payload = Payload.parseFrom(bytes);
            boolean numbered = type != SparkplugTopic.Type.NDEATH;
            if (numbered && (!payload.hasSeq() || payload.getSeq() < 0 || payload.getSeq() >= SEQUENCE)) {
                throw new SparkplugException("seq "
                        + (payload.hasSeq() ? Long.toUnsignedString(payload.getSeq()) : "is missing")
                        + ": allowed are 0 to 255");
            }
            return payload;
        } catch (InvalidProtocolBufferException e) {
            throw new SparkplugException("payload: is no Sparkplug B message: " + e.getMessage());
        }
    }

    private List<Done> take(Line line, Parsed parsed) {
        return switch (parsed.topic().type()) {
            case NBIRTH -> birth(line, parsed);
            case NDEATH -> List.of(death(line, parsed));
            default -> numbered(line, parsed);
        };
    }

    private List<Done> birth(Line line, Parsed parsed) {
        var done = new ArrayList<Done>();
        // What waited for a message of the life before has no chance now; what waited for this birth has.
        List<Parsed> waited = List.copyOf(line.waiting);
        boolean wasBorn = line.node.isBorn();
        line.waiting.clear();
        line.since = Instant.MAX;
        if (wasBorn) {
            waited.forEach(each -> done.add(understood(line, each, true)));
        }
        line.node.birth(parsed.payload());
        line.node.took(parsed.seq());
        done.add(understood(line, parsed, false));
        if (!wasBorn) {
            waited.forEach(each -> done.add(understood(line, each, true)));
        }
        return done;
    }

    private Done death(Line line, Parsed parsed) {
        if (!line.node.dies(parsed.topic().node(), parsed.payload())) {
            return new Done(parsed.message(), List.of());
        }
        var decoded = new ArrayList<Decoded>();
        for (String machine : line.node.machines()) {
            decoded.addAll(line.node.silence(
                    machine, parsed.message().receivedAt(), parsed.message().payload(), origin(parsed.message())));
        }
        line.node.dead();
        return new Done(parsed.message(), decoded);
    }

    private List<Done> numbered(Line line, Parsed parsed) {
        if (!line.node.isBorn()) {
            askForRebirth(line, parsed.topic(), parsed.message().receivedAt(), "was not born yet");
            return hold(line, parsed);
        }
        if (parsed.seq() == line.node.next()) {
            line.node.took(parsed.seq());
            var done = new ArrayList<Done>(List.of(understood(line, parsed, false)));
            done.addAll(follow(line));
            return done;
        }
        // Up to half of the numbers back it is one that came before, sent again: its readings have the ids that they
        // had.
        int ahead = Math.floorMod(parsed.seq() - line.node.next(), SEQUENCE);
        if (ahead >= SEQUENCE / 2) {
            return List.of(understood(line, parsed, false));
        }
        return hold(line, parsed);
    }

    /** What waited for the message that came. */
    private List<Done> follow(Line line) {
        var done = new ArrayList<Done>();
        boolean found = true;
        while (found) {
            found = false;
            for (Parsed waiting : List.copyOf(line.waiting)) {
                if (waiting.seq() == line.node.next()) {
                    line.waiting.remove(waiting);
                    line.node.took(waiting.seq());
                    done.add(understood(line, waiting, false));
                    found = true;
                }
            }
        }
        if (line.waiting.isEmpty()) {
            line.since = Instant.MAX;
        }
        return done;
    }

    private List<Done> hold(Line line, Parsed parsed) {
        if (line.waiting.isEmpty()) {
            line.since = parsed.message().receivedAt();
        }
        line.waiting.add(parsed);
        return line.waiting.size() > MAX_WAITING ? giveUp(line, parsed.message().receivedAt()) : List.of();
    }

    @Override
    public List<Done> expire(Instant now) {
        var done = new ArrayList<Done>();
        for (Line line : List.copyOf(lines.values())) {
            if (!line.waiting.isEmpty() && line.since.plus(WAIT).isBefore(now)) {
                done.addAll(giveUp(line, now));
            }
        }
        return done;
    }

    /** The message that others wait for is lost. */
    private List<Done> giveUp(Line line, Instant now) {
        List<Parsed> waited = line.waiting.stream()
                .sorted((one, other) -> Integer.compare(
                        Math.floorMod(one.seq() - line.node.next(), SEQUENCE),
                        Math.floorMod(other.seq() - line.node.next(), SEQUENCE)))
                .toList();
        line.waiting.clear();
        line.since = Instant.MAX;
        askForRebirth(line, waited.get(0).topic(), now, "messages are missing");
        var done = new ArrayList<Done>();
        for (Parsed parsed : waited) {
            line.node.took(parsed.seq());
            done.add(
                    line.node.isBorn()
                            ? understood(line, parsed, true)
                            : refused(parsed.message(), "data: its edge node was not born, and no rebirth came"));
        }
        return done;
    }

    private Done understood(Line line, Parsed parsed, boolean gap) {
        MqttMessage message = parsed.message();
        Origin origin = origin(message);
        String machine = parsed.topic().machine();
        try {
            switch (parsed.topic().type()) {
                case NBIRTH, DBIRTH -> line.node.learn(machine, parsed.payload());
                case DDEATH -> {
                    return new Done(
                            message, line.node.silence(machine, message.receivedAt(), message.payload(), origin));
                }
                default -> {
                    Optional<Long> unknown = line.node.unknownAlias(machine, parsed.payload());
                    unknown.ifPresent(alias -> askForRebirth(
                            line, parsed.topic(), message.receivedAt(), "alias " + alias + " was not born"));
                }
            }
            List<Decoded> decoded = line.node.readings(machine, parsed.payload(), message.payload(), origin);
            return new Done(
                    message, gap ? decoded.stream().map(SparkplugDecoder::gap).toList() : decoded);
        } catch (SparkplugException e) {
            return refused(message, e.getMessage());
        }
    }

    private static Decoded gap(Decoded decoded) {
        return decoded instanceof Decoded.Accepted accepted ? accepted.flagged("gap") : decoded;
    }

    private Origin origin(MqttMessage message) {
        return new Origin(source.apply(message.topic()), Optional.empty(), Optional.empty(), message.receivedAt());
    }

    private Done refused(MqttMessage message, String why) {
        return new Done(
                message,
                List.of(new Decoded.Refused(source.apply(message.topic()), message.payload(), "BadSparkplug", why)));
    }

    private void askForRebirth(Line line, SparkplugTopic topic, Instant now, String why) {
        if (line.askedAt.equals(Instant.MIN)
                || line.askedAt.plus(BETWEEN_REBIRTHS).isBefore(now)) {
            line.askedAt = now;
            LOG.info("{}: {}; asks for a rebirth", topic.node(), why);
            Payload command = Payload.newBuilder()
                    .setTimestamp(now.toEpochMilli())
                    .addMetrics(Metric.newBuilder()
                            .setName("Node Control/Rebirth")
                            .setDatatype(DataType.Boolean_VALUE)
                            .setBooleanValue(true))
                    .build();
            publisher.accept(topic.commands(), command.toByteArray());
        }
    }
}

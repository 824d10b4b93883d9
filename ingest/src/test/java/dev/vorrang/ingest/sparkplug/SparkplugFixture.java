package dev.vorrang.ingest.sparkplug;

import dev.vorrang.ingest.mqtt.MessageDecoder;
import dev.vorrang.ingest.mqtt.MqttMessage;
import dev.vorrang.ingest.reading.Decoded;
import dev.vorrang.schemas.SensorReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.PropertySet;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.PropertyValue;

/** An edge node E of group G, whose messages a decoder reads. */
abstract class SparkplugFixture {

    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    static final String REBIRTH = "spBv1.0/G/NCMD/E";

    final List<String> commands = new ArrayList<>();
    final SparkplugDecoder decoder =
            new SparkplugDecoder(topic -> "mqtt://plant:1883/" + topic, (topic, payload) -> commands.add(topic));
    Instant now = NOW;

    List<MessageDecoder.Done> birth(int seq) {
        return send(
                "NBIRTH/E",
                Payload.newBuilder()
                        .setSeq(seq)
                        .setTimestamp(NOW.toEpochMilli())
                        .addMetrics(metric("bdSeq", DataType.Int64).setLongValue(7))
                        .addMetrics(metric("heat", DataType.Double)
                                .setAlias(1)
                                .setDoubleValue(20)
                                .setProperties(PropertySet.newBuilder()
                                        .addKeys("engUnit")
                                        .addValues(PropertyValue.newBuilder()
                                                .setType(DataType.String_VALUE)
                                                .setStringValue("C"))))
                        .addMetrics(metric("on", DataType.Boolean).setBooleanValue(true))
                        .build());
    }

    static Payload deviceBirth(int seq) {
        return Payload.newBuilder()
                .setSeq(seq)
                .setTimestamp(NOW.toEpochMilli())
                .addMetrics(metric("load", DataType.Double).setAlias(2).setDoubleValue(5))
                .build();
    }

    static Payload death(long bdSeq) {
        return Payload.newBuilder()
                .addMetrics(metric("bdSeq", DataType.Int64).setLongValue(bdSeq))
                .build();
    }

    static Payload births(int seq, Metric.Builder... metrics) {
        var payload = Payload.newBuilder().setSeq(seq).setTimestamp(NOW.toEpochMilli());
        List.of(metrics).forEach(payload::addMetrics);
        return payload.build();
    }

    static Payload data(int seq, Metric... metrics) {
        return Payload.newBuilder()
                .setSeq(seq)
                .setTimestamp(NOW.toEpochMilli())
                .addAllMetrics(List.of(metrics))
                .build();
    }

    static Metric alias(long alias, double value) {
        return Metric.newBuilder().setAlias(alias).setDoubleValue(value).build();
    }

    static Metric.Builder metric(String name, DataType type) {
        return Metric.newBuilder().setName(name).setDatatype(type.getNumber());
    }

    List<MessageDecoder.Done> send(String topic, Payload payload) {
        String[] levels = topic.split("/", 2);
        return decoder.accept(message("spBv1.0/G/" + levels[0] + "/" + levels[1], payload.toByteArray()));
    }

    MqttMessage message(String topic, byte[] payload) {
        return new MqttMessage(topic, payload, false, true, now, () -> {});
    }

    static SensorReading reading(List<MessageDecoder.Done> done) {
        return ((Decoded.Accepted) done.get(0).decoded().get(0)).reading();
    }

    static List<String> texts(List<MessageDecoder.Done> done) {
        return done.stream()
                .flatMap(each -> each.decoded().stream())
                .map(decoded -> {
                    if (decoded instanceof Decoded.Refused refused) {
                        return refused.message();
                    }
                    SensorReading reading = ((Decoded.Accepted) decoded).reading();
                    return Stream.concat(
                                    Stream.of(
                                            reading.getMachine(),
                                            new java.util.TreeMap<>(reading.getValues()),
                                            reading.getFlags()),
                                    reading.getUnits().values().stream())
                            .map(Object::toString)
                            .collect(java.util.stream.Collectors.joining(" "));
                })
                .toList();
    }
}

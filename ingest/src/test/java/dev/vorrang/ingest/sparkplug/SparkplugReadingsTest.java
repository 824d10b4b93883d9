package dev.vorrang.ingest.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vorrang.ingest.Corpus;
import dev.vorrang.ingest.mqtt.MessageDecoder;
import dev.vorrang.ingest.mqtt.MqttMessage;
import dev.vorrang.ingest.reading.Decoded;
import dev.vorrang.schemas.Quality;
import dev.vorrang.schemas.SensorReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.PropertySet;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.PropertyValue;
import org.junit.jupiter.api.Test;

class SparkplugReadingsTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final String REBIRTH = "spBv1.0/G/NCMD/E";

    private final List<String> commands = new ArrayList<>();
    private final SparkplugReadings readings =
            new SparkplugReadings(topic -> "mqtt://plant:1883/" + topic, (topic, payload) -> commands.add(topic));
    private Instant now = NOW;

    @Test
    void shouldReadDataByTheAliasesOfItsBirth() {
        assertThat(texts(birth(0))).containsExactly("G/E {heat=20.0, on=1.0} [] C");
        assertThat(texts(send("DBIRTH/E/press", deviceBirth(1)))).containsExactly("G/E/press {load=5.0} []");
        assertThat(texts(send("NDATA/E", data(2, alias(1, 21))))).containsExactly("G/E {heat=21.0} [] C");
        assertThat(texts(send("DDATA/E/press", data(3, alias(2, 6))))).containsExactly("G/E/press {load=6.0} []");
        assertThat(commands).isEmpty();
    }

    @Test
    void shouldPutIntoOrderWhatOvertook() {
        birth(0);
        assertThat(send("NDATA/E", data(2, alias(1, 22)))).isEmpty();
        assertThat(send("NDATA/E", data(3, alias(1, 23)))).isEmpty();
        assertThat(texts(send("NDATA/E", data(1, alias(1, 21)))))
                .containsExactly("G/E {heat=21.0} [] C", "G/E {heat=22.0} [] C", "G/E {heat=23.0} [] C");
        assertThat(commands).isEmpty();
    }

    @Test
    void shouldReadOnAfterAGapFlagItAndAskForARebirthOnce() {
        birth(0);
        assertThat(send("NDATA/E", data(3, alias(1, 23)))).isEmpty();
        now = now.plusSeconds(4);
        assertThat(readings.expire(now)).isEmpty();
        now = now.plusSeconds(2);
        assertThat(texts(readings.expire(now))).containsExactly("G/E {heat=23.0} [gap] C");
        assertThat(texts(send("NDATA/E", data(4, alias(1, 24))))).containsExactly("G/E {heat=24.0} [] C");
        assertThat(commands).containsExactly(REBIRTH);
    }

    @Test
    void shouldCountToTwoHundredFiftyFiveAndBegin() {
        birth(254);
        assertThat(texts(send("NDATA/E", data(255, alias(1, 1))))).hasSize(1);
        assertThat(texts(send("NDATA/E", data(0, alias(1, 2))))).containsExactly("G/E {heat=2.0} [] C");
    }

    @Test
    void shouldKeepDataForTheBirthThatItAsksFor() {
        assertThat(send("NDATA/E", data(7, alias(1, 21)))).isEmpty();
        assertThat(commands).containsExactly(REBIRTH);
        assertThat(texts(birth(0))).containsExactly("G/E {heat=20.0, on=1.0} [] C", "G/E {heat=21.0} [gap] C");
    }

    @Test
    void shouldRefuseDataThatNoBirthCameFor() {
        send("NDATA/E", data(7, alias(1, 21)));
        now = now.plusSeconds(6);
        assertThat(texts(readings.expire(now))).singleElement().asString().contains("not born");
    }

    @Test
    void shouldGiveTheSameIdToWhatIsSentAgain() {
        birth(0);
        String first = reading(send("NDATA/E", data(1, alias(1, 21)))).getId();
        send("NDATA/E", data(2, alias(1, 22)));
        assertThat(reading(send("NDATA/E", data(1, alias(1, 21)))).getId()).isEqualTo(first);
        assertThat(texts(send("NDATA/E", data(3, alias(1, 23))))).hasSize(1);
    }

    @Test
    void shouldSayThatAMachineIsSilentWhenItDiedButNotForADeathOfBefore() {
        birth(0);
        assertThat(texts(send("NDEATH/E", death(6))))
                .as("of a connection before")
                .isEmpty();
        List<MessageDecoder.Done> died = send("NDEATH/E", death(7));
        assertThat(texts(died)).containsExactly("G/E {heat=null, on=null} [offline]");
        assertThat(reading(died).getQuality()).containsEntry("heat", Quality.BAD);
    }

    @Test
    void shouldMakeAReadingOfEachTimeAndTakeWhatIsNoNumberForNone() {
        birth(0);
        Payload payload = Payload.newBuilder(data(1, alias(1, 21)))
                .addMetrics(alias(1, 19).toBuilder()
                        .setTimestamp(NOW.minusSeconds(60).toEpochMilli())
                        .setIsHistorical(true))
                .addMetrics(Metric.newBuilder()
                        .setName("text")
                        .setDatatype(DataType.String_VALUE)
                        .setStringValue("on"))
                .build();
        assertThat(texts(send("NDATA/E", payload)))
                .containsExactly("G/E {heat=19.0} [historical] C", "G/E {heat=21.0} [] C");
    }

    @Test
    void shouldReadIntegersOfAllKindsAndQuality() {
        Payload payload = Payload.newBuilder()
                .setSeq(0)
                .setTimestamp(NOW.toEpochMilli())
                .addMetrics(metric("int8", DataType.Int8).setIntValue(0xff))
                .addMetrics(metric("int32", DataType.Int32).setIntValue(-5))
                .addMetrics(metric("uint32", DataType.UInt32).setLongValue(4_000_000_000L))
                .addMetrics(metric("uint64", DataType.UInt64).setLongValue(-1))
                .addMetrics(metric("bad", DataType.Double)
                        .setIsNull(true)
                        .setProperties(PropertySet.newBuilder()
                                .addKeys("Quality")
                                .addValues(PropertyValue.newBuilder()
                                        .setType(DataType.Int32_VALUE)
                                        .setIntValue(0))))
                .build();
        SensorReading reading = reading(send("NBIRTH/E", payload));
        assertThat(reading.getValues())
                .containsEntry("int8", -1.0)
                .containsEntry("int32", -5.0)
                .containsEntry("uint32", 4e9)
                .containsEntry("uint64", 18446744073709551615.0)
                .containsEntry("bad", null);
        assertThat(reading.getQuality()).containsExactly(java.util.Map.entry("bad", Quality.BAD));
    }

    @Test
    void shouldKnowADeathWhoseNumberComesByItsAlias() {
        Payload birth = births(
                        0, metric("heat", DataType.Double).setDoubleValue(20).setAlias(1))
                .toBuilder()
                .addMetrics(metric("bdSeq", DataType.Int64).setAlias(9).setLongValue(7))
                .build();
        send("NBIRTH/E", birth);
        assertThat(send("NDEATH/E", deathByAlias(6)).get(0).decoded())
                .as("before")
                .isEmpty();
        assertThat(texts(send("NDEATH/E", deathByAlias(7)))).containsExactly("G/E {heat=null} [offline]");
    }

    @Test
    void shouldTakeADeathWithoutANumberForOne() {
        birth(0);
        Payload death = Payload.newBuilder().setTimestamp(NOW.toEpochMilli()).build();
        assertThat(texts(send("NDEATH/E", death))).containsExactly("G/E {heat=null, on=null} [offline]");
    }

    @Test
    void shouldTakeAnEmptyNameBesideAnAliasForNone() {
        birth(0);
        Metric metric = alias(1, 21).toBuilder().setName("").build();
        assertThat(texts(send("NDATA/E", data(1, metric)))).containsExactly("G/E {heat=21.0} [] C");
        assertThat(commands).isEmpty();
    }

    @Test
    void shouldMissOnlyTheMetricThatCannotBeRead() {
        send(
                "NBIRTH/E",
                births(
                        0,
                        metric("a", DataType.Double).setAlias(1).setDoubleValue(Double.NaN),
                        metric("b", DataType.Float).setAlias(2).setFloatValue(Float.POSITIVE_INFINITY),
                        metric("c", DataType.Int32).setAlias(3).setStringValue("5"),
                        metric("d", DataType.Double).setAlias(4).setDoubleValue(4)));
        List<MessageDecoder.Done> done = send("NDATA/E", data(1, alias(1, Double.NaN), alias(77, 1), alias(4, 5)));
        assertThat(texts(done)).containsExactly("G/E {a=null, d=5.0} [not_finite:a, not_readable:alias 77]");
        assertThat(reading(done).getQuality()).containsExactly(java.util.Map.entry("a", Quality.BAD));
        assertThat(commands).as("alias 77 was not born").containsExactly(REBIRTH);
        assertThat(texts(send("NDATA/E", data(2, alias(1, Double.NaN)))))
                .singleElement()
                .asString()
                .contains("value of a NaN");
    }

    @Test
    void shouldReadABirthOfWhichSomeMetricsAreBad() {
        assertThat(texts(send(
                        "NBIRTH/E",
                        births(
                                0,
                                Metric.newBuilder()
                                        .setAlias(5)
                                        .setDatatype(DataType.Double_VALUE)
                                        .setDoubleValue(1),
                                metric("b", DataType.Double).setIntValue(3),
                                metric("c", DataType.Int32).setIsNull(true),
                                metric("d", DataType.Double).setAlias(4).setDoubleValue(4)))))
                .containsExactly("G/E {b=null, c=null, d=4.0} [not_readable:alias 5, not_readable:b]");
        assertThat(texts(send("NDATA/E", data(1, alias(4, 5), alias(5, 6)))))
                .containsExactly("G/E {d=5.0} [not_readable:alias 5]");
        assertThat(commands).as("a birth again would say the same").isEmpty();
    }

    @Test
    void shouldKeepApartDevicesThatUseTheSameAliases() {
        birth(0);
        send(
                "DBIRTH/E/press",
                births(1, metric("load", DataType.Double).setAlias(1).setDoubleValue(5)));
        send(
                "DBIRTH/E/oven",
                births(2, metric("glow", DataType.Double).setAlias(1).setDoubleValue(6)));
        assertThat(texts(send("DDATA/E/press", data(3, alias(1, 7))))).containsExactly("G/E/press {load=7.0} []");
        assertThat(texts(send("DDATA/E/oven", data(4, alias(1, 8))))).containsExactly("G/E/oven {glow=8.0} []");
        assertThat(texts(send("NDATA/E", data(5, alias(1, 9))))).containsExactly("G/E {heat=9.0} [] C");
        assertThat(commands).isEmpty();
    }

    @Test
    void shouldReadNoMetricByAnAliasThatStandsForTwo() {
        send(
                "NBIRTH/E",
                births(
                        0,
                        metric("a", DataType.Double).setAlias(1).setDoubleValue(1),
                        metric("b", DataType.Double).setAlias(1).setDoubleValue(2)));
        assertThat(texts(send("NDATA/E", data(1, alias(1, 3))))).containsExactly("alias 1: stands for both a and b");
        Metric named = metric("a", DataType.Double).setDoubleValue(4).build();
        assertThat(texts(send("NDATA/E", data(2, named)))).containsExactly("G/E {a=4.0} []");
    }

    @Test
    void shouldReadTheMetricsOfTemplatesAndForgetTheOldBirthOfADevice() {
        Payload.Template motor = Payload.Template.newBuilder()
                .setTemplateRef("motor")
                .addMetrics(metric("rpm", DataType.Int32).setIntValue(1_450))
                .addMetrics(metric("maker", DataType.String).setStringValue("X"))
                .build();
        Payload.Template kind = motor.toBuilder().setIsDefinition(true).build();
        birth(0);
        assertThat(texts(send(
                        "DBIRTH/E/press",
                        births(
                                1,
                                metric("_types_/motor", DataType.Template).setTemplateValue(kind),
                                metric("table", DataType.DataSet)
                                        .setDatasetValue(
                                                Payload.DataSet.newBuilder().setNumOfColumns(1)),
                                metric("drive", DataType.Template).setAlias(3).setTemplateValue(motor)))))
                .containsExactly("G/E/press {drive/rpm=1450.0} []");
        Payload.Template changed = Payload.Template.newBuilder()
                .addMetrics(Metric.newBuilder().setName("rpm").setIntValue(1_500))
                .build();
        Metric byAlias = Metric.newBuilder()
                .setAlias(3)
                .setTemplateValue(changed)
                .setIsHistorical(true)
                .build();
        assertThat(texts(send("DDATA/E/press", data(2, byAlias))))
                .containsExactly("G/E/press {drive/rpm=1500.0} [historical]");
        send(
                "DBIRTH/E/press",
                births(3, metric("load", DataType.Double).setAlias(2).setDoubleValue(5)));
        send("DDATA/E/press", data(4, byAlias));
        assertThat(commands).as("alias 3 was not born again").containsExactly(REBIRTH);
    }

    @Test
    void shouldTreatEveryPayloadAsRequired() throws IOException {
        Path folder = Corpus.require("hostile/payloads");
        JsonNode expected =
                new ObjectMapper().readTree(folder.resolve("expected.json").toFile());
        var wrong = new ArrayList<String>();
        int checked = 0;
        for (var entry : expected.properties()) {
            if (!entry.getKey().startsWith("spb-")) {
                continue;
            }
            checked++;
            String outcome = entry.getValue().get("outcome").asText();
            commands.clear();
            var fresh = new SparkplugReadings(topic -> topic, (topic, payload) -> commands.add(topic));
            String topic = entry.getValue().path("topic").asText("");
            byte[] birth = Files.readAllBytes(folder.resolve("spb-nbirth-seq0.bin"));
            if (entry.getKey().equals("spb-ndeath-old-bdseq.bin")) {
                fresh.accept(message("spBv1.0/G/NBIRTH/E", bornAgain(birth)));
            } else if (!entry.getKey().equals("spb-nbirth-seq0.bin")) {
                fresh.accept(message("spBv1.0/G/NBIRTH/E", birth));
            }
            if (entry.getKey().equals("spb-ndata-seq1-dup.bin")) {
                byte[] first = Files.readAllBytes(folder.resolve("spb-ndata-seq1-alias.bin"));
                fresh.accept(message("spBv1.0/G/NDATA/E", first));
            }
            String type = entry.getKey().contains("ndeath") ? "NDEATH" : "NDATA";
            List<MessageDecoder.Done> done = new ArrayList<>(fresh.accept(message(
                    topic.isEmpty() ? "spBv1.0/G/" + type + "/E" : topic,
                    Files.readAllBytes(folder.resolve(entry.getKey())))));
            done.addAll(fresh.expire(NOW.plusSeconds(60)));
            if (!fits(
                    outcome,
                    done.stream().flatMap(each -> each.decoded().stream()).toList())) {
                wrong.add(entry.getKey() + ": required " + outcome + ", was " + texts(done) + ", asked " + commands);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(checked).isEqualTo(16);
    }

    /** The birth after the death of the one before. */
    private static byte[] bornAgain(byte[] birth) throws IOException {
        Payload.Builder payload = Payload.parseFrom(birth).toBuilder();
        payload.getMetricsBuilder(0).setLongValue(1);
        return payload.build().toByteArray();
    }

    private boolean fits(String outcome, List<Decoded> decoded) {
        boolean read = decoded.stream().anyMatch(Decoded.Accepted.class::isInstance);
        boolean refused = decoded.stream().anyMatch(Decoded.Refused.class::isInstance);
        return switch (outcome) {
            case "record" -> read && !refused && commands.isEmpty();
            case "record null, not 0" ->
                read
                        && !refused
                        && decoded.stream()
                                .map(each -> ((Decoded.Accepted) each).reading())
                                .anyMatch(reading -> reading.getValues().containsValue(null));
            case "reorder wait then rebirth request" -> read && !refused && commands.size() == 1;
            case "rebirth request" -> !read && !commands.isEmpty();
            case "dlq + rebirth request" -> refused && !read && commands.size() == 1;
            case "dlq" -> refused && !read;
            case "record_or_dlq" -> read || refused;
            case "ignored when bdSeq != current birth" -> decoded.isEmpty();
            // Nothing tells it from the first but its ids, which are the same.
            case "dropped as duplicate only if same seq+ts+DUP flag" -> !refused;
            default -> false;
        };
    }

    private List<MessageDecoder.Done> birth(int seq) {
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

    private static Payload deviceBirth(int seq) {
        return Payload.newBuilder()
                .setSeq(seq)
                .setTimestamp(NOW.toEpochMilli())
                .addMetrics(metric("load", DataType.Double).setAlias(2).setDoubleValue(5))
                .build();
    }

    private static Payload death(long bdSeq) {
        return Payload.newBuilder()
                .addMetrics(metric("bdSeq", DataType.Int64).setLongValue(bdSeq))
                .build();
    }

    private static Payload deathByAlias(long bdSeq) {
        return Payload.newBuilder()
                .addMetrics(Metric.newBuilder().setName("").setAlias(9).setLongValue(bdSeq))
                .build();
    }

    private static Payload births(int seq, Metric.Builder... metrics) {
        var payload = Payload.newBuilder().setSeq(seq).setTimestamp(NOW.toEpochMilli());
        List.of(metrics).forEach(payload::addMetrics);
        return payload.build();
    }

    private static Payload data(int seq, Metric... metrics) {
        return Payload.newBuilder()
                .setSeq(seq)
                .setTimestamp(NOW.toEpochMilli())
                .addAllMetrics(List.of(metrics))
                .build();
    }

    private static Metric alias(long alias, double value) {
        return Metric.newBuilder().setAlias(alias).setDoubleValue(value).build();
    }

    private static Metric.Builder metric(String name, DataType type) {
        return Metric.newBuilder().setName(name).setDatatype(type.getNumber());
    }

    private List<MessageDecoder.Done> send(String topic, Payload payload) {
        String[] levels = topic.split("/", 2);
        return readings.accept(message("spBv1.0/G/" + levels[0] + "/" + levels[1], payload.toByteArray()));
    }

    private MqttMessage message(String topic, byte[] payload) {
        return new MqttMessage(topic, payload, false, true, now, () -> {});
    }

    private static SensorReading reading(List<MessageDecoder.Done> done) {
        return ((Decoded.Accepted) done.get(0).decoded().get(0)).reading();
    }

    private static List<String> texts(List<MessageDecoder.Done> done) {
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

package dev.vorrang.ingest.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.Quality;
import dev.vorrang.schemas.SensorReading;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.PropertySet;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.PropertyValue;
import org.junit.jupiter.api.Test;

/** Order, gaps and values of data. */
class SparkplugDataTest extends SparkplugFixture {

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
        assertThat(decoder.expire(now)).isEmpty();
        now = now.plusSeconds(2);
        assertThat(texts(decoder.expire(now))).containsExactly("G/E {heat=23.0} [gap] C");
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
    void shouldGiveTheSameIdToWhatIsSentAgain() {
        birth(0);
        String first = reading(send("NDATA/E", data(1, alias(1, 21)))).getId();
        send("NDATA/E", data(2, alias(1, 22)));
        assertThat(reading(send("NDATA/E", data(1, alias(1, 21)))).getId()).isEqualTo(first);
        assertThat(texts(send("NDATA/E", data(3, alias(1, 23))))).hasSize(1);
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
}

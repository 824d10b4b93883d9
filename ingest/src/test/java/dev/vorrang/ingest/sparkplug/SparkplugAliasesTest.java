package dev.vorrang.ingest.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.ingest.mqtt.MessageDecoder;
import dev.vorrang.schemas.Quality;
import java.util.List;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;
import org.junit.jupiter.api.Test;

class SparkplugAliasesTest extends SparkplugFixture {

    @Test
    void shouldReadDataByTheAliasesOfItsBirth() {
        assertThat(texts(birth(0))).containsExactly("G/E {heat=20.0, on=1.0} [] C");
        assertThat(texts(send("DBIRTH/E/press", deviceBirth(1)))).containsExactly("G/E/press {load=5.0} []");
        assertThat(texts(send("NDATA/E", data(2, alias(1, 21))))).containsExactly("G/E {heat=21.0} [] C");
        assertThat(texts(send("DDATA/E/press", data(3, alias(2, 6))))).containsExactly("G/E/press {load=6.0} []");
        assertThat(commands).isEmpty();
    }

    @Test
    void shouldTakeAnEmptyNameBesideAnAliasForNone() {
        birth(0);
        Metric metric = alias(1, 21).toBuilder().setName("").build();
        assertThat(texts(send("NDATA/E", data(1, metric)))).containsExactly("G/E {heat=21.0} [] C");
        assertThat(commands).isEmpty();
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
}

package dev.vorrang.ingest.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.ingest.mqtt.MessageDecoder;
import dev.vorrang.schemas.Quality;
import java.util.List;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;
import org.junit.jupiter.api.Test;

/** Births, deaths, and data that no birth came for. */
class SparkplugBirthsTest extends SparkplugFixture {

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
        assertThat(texts(decoder.expire(now))).singleElement().asString().contains("not born");
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

    private static Payload deathByAlias(long bdSeq) {
        return Payload.newBuilder()
                .addMetrics(Metric.newBuilder().setName("").setAlias(9).setLongValue(bdSeq))
                .build();
    }
}

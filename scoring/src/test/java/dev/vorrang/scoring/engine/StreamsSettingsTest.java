package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.scoring.engine.StreamsSettings.Guarantee;
import dev.vorrang.scoring.engine.StreamsSettings.TopicCreation;
import dev.vorrang.scoring.engine.batch.TimeLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsSettingsTest {

    private final StreamsSettings settings = StreamsSettings.of("broker:9092", "vorrang", Path.of("state"));

    @Test
    void shouldBeExactlyOnceByDefault() {
        var config = new StreamsConfig(settings.toProperties(256, Duration.ZERO));

        assertThat(config.getString("processing.guarantee")).isEqualTo("exactly_once_v2");
        assertThat(config.getProducerConfigs("p")).containsEntry("transaction.timeout.ms", 15_000);
        assertThat(config.getProducerConfigs("p")).containsEntry("linger.ms", "5");
    }

    @Test
    void shouldBufferMoreThanOneBatch() {
        var config = new StreamsConfig(settings.toProperties(1_024, Duration.ZERO));

        assertThat(config.getInt("buffered.records.per.partition")).isEqualTo(2_048);
        assertThat(config.getMainConsumerConfigs("g", "c", 0)).containsEntry("max.poll.records", "2048");
    }

    @Test
    void shouldPassOtherSettingsOnToEveryClient() {
        var secured = settings.withKafka(Map.of("security.protocol", "SASL_SSL", "sasl.jaas.config", "secret"));

        var config = new StreamsConfig(secured.toProperties(256, Duration.ZERO));
        assertThat(config.getAdminConfigs("a")).containsEntry("security.protocol", "SASL_SSL");
        assertThat(config.getMainConsumerConfigs("g", "c", 0)).containsEntry("security.protocol", "SASL_SSL");
        assertThat(secured.toAdminProperties()).containsEntry("sasl.jaas.config", "secret");
        assertThat(secured.toString()).contains("sasl.jaas.config").doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "processing.exception.handler",
                "production.exception.handler",
                "consumer.interceptor.classes",
                "main.consumer.interceptor.classes",
                "producer.transaction.timeout.ms",
                "group.protocol",
                "processing.guarantee"
            })
    void shouldRefuseKeysThatKeepRecordsSafe(String key) {
        assertThatThrownBy(() -> settings.withKafka(Map.of(key, "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kafka [" + key + "]");
    }

    @Test
    void shouldNameSettingValueAndWhatIsAllowed() {
        assertThatThrownBy(() -> settings.withThreads(0)).hasMessage("threads 0: allowed is 1 to 128");
        assertThatThrownBy(() -> settings.withCommitInterval(Duration.ofMinutes(1)))
                .hasMessageContaining("commitInterval PT1M: allowed is 1 ms or more, and less than transactionTimeout");
        assertThatThrownBy(() -> StreamsSettings.of("b:1", "an id", Path.of("state")))
                .hasMessageContaining("applicationId an id: allowed is");
        assertThatThrownBy(() -> new TopicCreation(true, 0, (short) 1))
                .hasMessage("partitions 0: allowed is 1 or more");
    }

    @Test
    void shouldRefuseLimitsOfTimeThatKafkaWouldBeFasterThan() {
        var limits = new TimeLimits(Duration.ofSeconds(16), Duration.ofSeconds(60));

        assertThatThrownBy(() -> settings.check(limits))
                .hasMessage("slow PT16S: allowed is less than transactionTimeout, PT15S");
        settings.withGuarantee(Guarantee.AT_LEAST_ONCE).check(limits);
        assertThatThrownBy(() -> settings.withGuarantee(Guarantee.AT_LEAST_ONCE)
                        .withKafka(Map.of("consumer.max.poll.interval.ms", "60000", "max.poll.interval.ms", "70000"))
                        .check(limits))
                .hasMessage("hung PT1M: allowed is less than max.poll.interval.ms, PT1M");
        settings.check(TimeLimits.defaults());
    }

    @Test
    void shouldBeAtLeastOnceByChoice() {
        var config = new StreamsConfig(
                settings.withGuarantee(Guarantee.AT_LEAST_ONCE).toProperties(256, Duration.ofMillis(20)));

        assertThat(config.getString("processing.guarantee")).isEqualTo("at_least_once");
        assertThat(config.getLong("poll.ms")).isEqualTo(20);
    }
}

package dev.vorrang.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.schemas.EmailMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfluentSettingsTest {

    private static ConfluentSettings parse(String key, Object value) {
        var settings = new HashMap<String, Object>(Map.of("schema.registry.url", "http://a:1"));
        settings.put(key, value);
        return ConfluentSettings.parse(settings);
    }

    @Test
    void shouldTakeSeveralAddressesAsTextOrList() {
        assertThat(parse("schema.registry.url", "http://a:1 , https://b").urls())
                .containsExactly("http://a:1", "https://b");
        assertThat(parse("schema.registry.url", List.of("http://a:1", "http://b"))
                        .urls())
                .containsExactly("http://a:1", "http://b");
    }

    @Test
    void shouldUnpackPasswordsAndShowNone() {
        ConfluentSettings settings = parse("basic.auth.user.info", new Password("anna:geheim"));

        assertThat(settings.client()).containsEntry("basic.auth.user.info", "anna:geheim");
        assertThat(settings.toString()).doesNotContain("geheim");
    }

    @Test
    void shouldLimitHowLongItWaits() {
        assertThat(parse("x", "y").client()).containsEntry("http.read.timeout.ms", 10_000);
        assertThat(parse("http.read.timeout.ms", "500").client()).containsEntry("http.read.timeout.ms", 500);
        assertThat(parse("schema.registry.http.read.timeout.ms", 500).client())
                .containsEntry("schema.registry.http.read.timeout.ms", 500)
                .doesNotContainKey("http.read.timeout.ms");
    }

    @ParameterizedTest
    @CsvSource({
        "TopicNameStrategy, t-value",
        "io.confluent.kafka.serializers.subject.RecordNameStrategy, dev.vorrang.schemas.EmailMessage",
        "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy, t-dev.vorrang.schemas.EmailMessage"
    })
    void shouldNameSubjectsByConfluentsStrategies(String strategy, String subject) {
        assertThat(parse("value.subject.name.strategy", strategy)
                        .subjectNames()
                        .subject("t", EmailMessage.getClassSchema()))
                .isEqualTo(subject);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "schema.registry.url|''|http://host:port",
                "schema.registry.url|localhost:8081|mock://name",
                "schema.registry.url|ftp://host|ftp://host",
                "schema.registry.url|http://a b|not a URL",
                "auto.register.schemas|perhaps|true and false",
                "basic.auth.credentials.source|USERINFO|USER_INFO",
                "schema.registry.bearer.auth.credentials.source|TOKEN|STATIC_TOKEN",
                "use.latest.version|true|false",
                "value.subject.name.strategy|MyStrategy|TopicNameStrategy",
                "http.read.timeout.ms|soon|0 to",
                "missing.id.cache.ttl.sec|-1|0 to"
            })
    void shouldNameTheWrongSettingAndWhatIsAllowed(String key, String value, String allowed) {
        assertThatThrownBy(() -> parse(key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(allowed);
    }

    @Test
    void shouldAskForAnAddress() {
        assertThatThrownBy(() -> ConfluentSettings.parse(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("schema.registry.url");
    }

    @Test
    void shouldNotShowThePasswordOfAWrongAddress() {
        assertThatThrownBy(() -> parse("schema.registry.url", "ftp://anna:geheim@host"))
                .hasMessageContaining("host")
                .hasMessageNotContaining("geheim");
        assertThatThrownBy(() -> parse("schema.registry.url", "http://anna:geheim@a b"))
                .hasStackTraceContaining("not a URL")
                .satisfies(e -> assertThat(e.getCause()).isNull())
                .hasMessageNotContaining("geheim");
    }

    @Test
    void shouldNameTheTrustStoreThatIsNotThere() {
        assertThatThrownBy(() -> ConfluentSchemaRegistry.connect(Map.of(
                        "schema.registry.url", "https://a",
                        "schema.registry.ssl.truststore.location", "/no/such/store",
                        "schema.registry.ssl.truststore.password", "geheim")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/no/such/store")
                .hasMessageNotContaining("geheim");
    }
}

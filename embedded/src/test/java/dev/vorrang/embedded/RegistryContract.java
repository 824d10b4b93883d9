package dev.vorrang.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.registry.SchemaNotFoundException;
import dev.vorrang.schemas.registry.SchemaRejectedException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

/** What our client may expect of any registry. */
abstract class RegistryContract {

    /** A name that no other test has, as some registries outlive a test. */
    final String subject = "contract-" + UUID.randomUUID() + "-value";

    /** Address of a registry that is up. */
    abstract String url();

    final ConfluentSchemaRegistry connect(String... more) {
        var settings = new HashMap<String, Object>(Map.of("schema.registry.url", url()));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return ConfluentSchemaRegistry.connect(settings);
    }

    static Schema record(String name, String... fields) {
        var assembler = SchemaBuilder.record(name).namespace("contract").fields();
        for (String field : fields) {
            assembler = assembler.requiredString(field);
        }
        return assembler.endRecord();
    }

    @Test
    void shouldGiveBackWhatWasRegistered() {
        try (var writer = connect();
                var reader = connect()) {
            int id = writer.idOf(subject, EmailMessage.getClassSchema());

            Schema read = reader.schemaOf(id);
            assertThat(read.getFullName()).isEqualTo(EmailMessage.class.getName());
            assertThat(read.getDoc()).isEqualTo(EmailMessage.getClassSchema().getDoc());
            assertThat(read.getFields())
                    .hasSameSizeAs(EmailMessage.getClassSchema().getFields());
            assertThat(writer.subjects()).contains(subject);
        }
    }

    @Test
    void shouldKeepTheIdOfASchema() {
        try (var first = connect();
                var second = connect()) {
            int id = first.idOf(subject, MailScore.getClassSchema());

            assertThat(second.idOf(subject, MailScore.getClassSchema())).isEqualTo(id);
            assertThat(first.idOf(subject + "2", MailScore.getClassSchema())).isEqualTo(id);
        }
    }

    @Test
    void shouldGiveDifferentSchemasDifferentIds() {
        try (var registry = connect()) {
            assertThat(registry.idOf(subject + "a", record("A" + System.nanoTime(), "x")))
                    .isNotEqualTo(registry.idOf(subject + "b", record("B" + System.nanoTime(), "x")));
        }
    }

    @Test
    void shouldNotFindAnUnknownId() {
        try (var registry = connect()) {
            assertThatThrownBy(() -> registry.schemaOf(87_654_321))
                    .isInstanceOf(SchemaNotFoundException.class)
                    .hasMessageContaining("87654321")
                    .hasMessageContaining(url());
        }
    }

    @Test
    void shouldFindLaterWhatItDidNotKnow() {
        Schema schema = record("Late" + System.nanoTime(), "x");
        try (var careful = connect("auto.register.schemas", "false");
                var other = connect()) {
            assertThatThrownBy(() -> careful.idOf(subject, schema))
                    .isInstanceOf(SchemaRejectedException.class)
                    .hasMessageContaining("auto.register.schemas");

            int id = other.idOf(subject, schema);

            assertThat(careful.idOf(subject, schema)).isEqualTo(id);
            assertThat(careful.schemaOf(id)).isEqualTo(schema);
        }
    }
}

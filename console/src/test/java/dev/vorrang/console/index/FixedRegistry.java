package dev.vorrang.console.index;

import dev.vorrang.schemas.Acceptance;
import dev.vorrang.schemas.ConsoleAudit;
import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Maintenance;
import dev.vorrang.schemas.registry.RegistryUnavailableException;
import dev.vorrang.schemas.registry.SchemaNotFoundException;
import dev.vorrang.schemas.registry.SchemaRegistry;
import java.util.List;
import org.apache.avro.Schema;

/** A registry with the same ids in every process, which can be made to give no answer. */
final class FixedRegistry implements SchemaRegistry {

    private static final List<Schema> SCHEMAS = List.of(
            EmailMessage.getClassSchema(),
            MailScore.getClassSchema(),
            DeskEvent.getClassSchema(),
            DeadLetter.getClassSchema(),
            ConsoleAudit.getClassSchema(),
            Acceptance.getClassSchema(),
            Maintenance.getClassSchema());

    volatile boolean down;

    @Override
    public int idOf(String subject, Schema schema) {
        return 1 + SCHEMAS.indexOf(schema);
    }

    @Override
    public Schema schemaOf(int id) {
        if (down) {
            throw new RegistryUnavailableException("the registry is down");
        }
        if (id < 1 || id > SCHEMAS.size()) {
            throw new SchemaNotFoundException("no schema with id " + id);
        }
        return SCHEMAS.get(id - 1);
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}

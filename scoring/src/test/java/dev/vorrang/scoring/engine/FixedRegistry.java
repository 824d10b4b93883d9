package dev.vorrang.scoring.engine;

import dev.vorrang.schemas.Acceptance;
import dev.vorrang.schemas.Action;
import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.DemandAlert;
import dev.vorrang.schemas.DemandForecast;
import dev.vorrang.schemas.DemandObservation;
import dev.vorrang.schemas.DemandStock;
import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.DeskState;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Maintenance;
import dev.vorrang.schemas.SensorReading;
import dev.vorrang.schemas.WordEffect;
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
            DeadLetter.getClassSchema(),
            SensorReading.getClassSchema(),
            MachineScore.getClassSchema(),
            MachineAlert.getClassSchema(),
            Maintenance.getClassSchema(),
            Acceptance.getClassSchema(),
            WordEffect.getClassSchema(),
            DemandObservation.getClassSchema(),
            DemandStock.getClassSchema(),
            DemandForecast.getClassSchema(),
            DemandAlert.getClassSchema(),
            Action.getClassSchema(),
            DeskEvent.getClassSchema(),
            DeskState.getClassSchema());

    volatile boolean down;

    @Override
    public int idOf(String subject, Schema schema) {
        answer();
        return 1 + SCHEMAS.indexOf(schema);
    }

    @Override
    public Schema schemaOf(int id) {
        answer();
        if (id < 1 || id > SCHEMAS.size()) {
            throw new SchemaNotFoundException("no schema with id " + id);
        }
        return SCHEMAS.get(id - 1);
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    private void answer() {
        if (down) {
            throw new RegistryUnavailableException("the registry is down");
        }
    }
}

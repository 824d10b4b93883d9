package dev.vorrang.console.desk;

import dev.vorrang.schemas.Acceptance;
import dev.vorrang.schemas.Maintenance;
import dev.vorrang.schemas.Topics;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Writes marks of machines as {@code vorrang accept} and {@code vorrang maintenance} do. Thread-safe. */
public final class KafkaMarks implements MachineMarks {

    private final RecordSender sender;
    private final Topics topics;
    private final Clock clock;

    public KafkaMarks(RecordSender sender, Topics topics, Clock clock) {
        this.sender = sender;
        this.topics = topics;
        this.clock = clock;
    }

    @Override
    public void accept(String machine, Optional<String> alert, String by, String reason) {
        var acceptance = Acceptance.newBuilder()
                .setMachine(machine)
                .setAlert(alert.orElse(null))
                .setBy(by)
                .setReason(reason)
                .setAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .build();
        sender.write(topics.machineAccepted(), machine, acceptance);
    }

    @Override
    public void maintain(String machine, Instant from, Optional<Instant> until, String reason) {
        var mark = Maintenance.newBuilder()
                .setMachine(machine)
                .setFrom(from)
                .setUntil(until.orElse(null))
                .setReason(reason)
                .build();
        sender.write(topics.machineMaintenance(), machine, mark);
    }

    @Override
    public void endMaintenance(String machine) {
        sender.write(topics.machineMaintenance(), machine, null);
    }
}

package dev.vorrang.scoring.demand;

import dev.vorrang.schemas.DemandObservation;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.MachineStatus;
import dev.vorrang.schemas.Topic;
import dev.vorrang.scoring.engine.Feed;
import dev.vorrang.scoring.engine.Output;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/**
 * Counts the hours in which machines run as demand: each minute with a reading is an order line of a sixtieth of an hour. All readings of
 * a minute have the id of that minute, and the stream counts a line once. Readings in maintenance, and those of a wrong clock, do not
 * count. Immutable.
 *
 * @param from scored readings
 */
record MachineHours(Topic<MachineScore> from) implements Feed<MachineScore, DemandObservation> {

    private static final double MINUTE = 1.0 / Duration.ofHours(1).toMinutes();

    MachineHours {
        Objects.requireNonNull(from, "from");
    }

    @Override
    public List<Output<DemandObservation>> inputs(MachineScore score, Topic<DemandObservation> input) {
        boolean runs = score.getStatus() == MachineStatus.SCORED || score.getStatus() == MachineStatus.WARMING_UP;
        if (!runs || score.getMaintenance()) {
            return List.of();
        }
        Instant minute = score.getTime().truncatedTo(ChronoUnit.MINUTES);
        String item = "machine-hours:" + score.getMachine();
        return List.of(Counted.of(input, item, minute.toString(), minute, MINUTE, "minute:" + minute));
    }
}

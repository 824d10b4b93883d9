package dev.vorrang.scoring.machine;

import dev.vorrang.schemas.Quality;
import dev.vorrang.schemas.SensorReading;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes steps of one machine's readings. Steps rise in time. A reading that came before is passed over; one that is older than the
 * step it belongs to is late; a value that is no finite number, of bad quality or in another unit than before is missing, with a
 * note. For one thread.
 */
final class Intake {

    private static final int MOST_NOTES = 10;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_NOTE = 500;
    private static final long NEVER = Long.MIN_VALUE;

    private final IntakeSettings settings;
    private final List<String> sensors = new ArrayList<>();
    private final List<String> visibleSensors = Collections.unmodifiableList(sensors);
    private final List<SensorTrack> tracks = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final RecentIds ids = new RecentIds();
    private final List<String> notes = new ArrayList<>();
    private String openId = "";
    private long openTime = NEVER;
    /** Whether the step that is being collected came after a long silence. */
    private boolean silentBefore;

    Intake(IntakeSettings settings) {
        this.settings = settings;
    }

    /** What came of a reading. */
    sealed interface Taken {

        /** Came before. */
        record Twice() implements Taken {}

        /** Its step is closed. */
        record Late() implements Taken {}

        /** Belongs to a step that is open still. */
        record Collected() implements Taken {}

        /** Closed a step. {@code anew}: the machine was silent for so long before it that its past tells nothing. */
        record Closed(Step step, boolean anew) implements Taken {}
    }

    /** @throws IllegalArgumentException if the reading's id is longer than an id can be; nothing is taken then */
    Taken take(SensorReading reading) {
        if (reading.getId().length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "id of " + reading.getId().length() + " characters: allowed are " + LONGEST_NAME);
        }
        if (!ids.add(reading.getId())) {
            return new Taken.Twice();
        }
        long time = reading.getTime().toEpochMilli();
        return settings.period()
                .map(period -> resampled(reading, time, period.toMillis()))
                .orElseGet(() -> each(reading, time));
    }

    private Taken each(SensorReading reading, long time) {
        if (openTime != NEVER && time < openTime) {
            return new Taken.Late();
        }
        boolean anew = gapBefore(time);
        openTime = time;
        openId = reading.getId();
        collect(reading);
        return new Taken.Closed(close(time), anew);
    }

    private Taken resampled(SensorReading reading, long time, long period) {
        long start = Math.floorDiv(time, period) * period;
        if (openTime != NEVER && start < openTime) {
            return new Taken.Late();
        }
        Taken taken = new Taken.Collected();
        if (openTime != NEVER && start > openTime) {
            Step closed = close(openTime);
            taken = new Taken.Closed(closed, silentBefore);
            silentBefore = gapBefore(start);
        }
        openTime = start;
        openId = reading.getId();
        collect(reading);
        return taken;
    }

    private boolean gapBefore(long time) {
        if (openTime == NEVER) {
            return false;
        }
        // Not a difference of the two, which may overflow.
        boolean gap = time > openTime && time - openTime > settings.longestGap().toMillis();
        if (gap) {
            note("after " + (time - openTime) / 1000 + " s without readings the machine is taken as new");
        }
        return gap;
    }

    private void collect(SensorReading reading) {
        reading.getFlags().forEach(this::note);
        for (Map.Entry<String, Double> value : reading.getValues().entrySet()) {
            String sensor = value.getKey();
            Integer number = numbers.get(sensor);
            if (number == null) {
                number = add(sensor);
            }
            if (number != null && value.getValue() != null) {
                collect(reading, sensor, tracks.get(number), value.getValue());
            }
        }
    }

    private void collect(SensorReading reading, String sensor, SensorTrack track, double value) {
        String unit = reading.getUnits().getOrDefault(sensor, "");
        unit = unit.length() <= LONGEST_NAME ? unit : unit.substring(0, LONGEST_NAME);
        // Models read float32, where a larger number would be infinite.
        if (!(Math.abs(value) <= Float.MAX_VALUE)) {
            note(sensor + ": " + value + " is no finite number and was left out");
        } else if (reading.getQuality().get(sensor) == Quality.BAD) {
            note(sensor + ": bad quality, left out");
        } else if (!track.accepts(unit)) {
            note(sensor + ": unit " + unit + " instead of " + track.unit() + ", left out");
        } else {
            track.collect(value);
        }
    }

    private Integer add(String sensor) {
        if (sensor.length() > LONGEST_NAME) {
            note("a sensor whose name has " + sensor.length() + " characters was left out, allowed are "
                    + LONGEST_NAME);
            return null;
        }
        if (sensors.size() >= settings.mostSensors()) {
            note(sensor + ": left out, the machine has " + settings.mostSensors() + " sensors already");
            return null;
        }
        numbers.put(sensor, sensors.size());
        sensors.add(sensor);
        tracks.add(new SensorTrack());
        return sensors.size() - 1;
    }

    private void note(String note) {
        if (notes.size() < MOST_NOTES) {
            notes.add(note.length() <= LONGEST_NOTE ? note : note.substring(0, LONGEST_NOTE));
        }
    }

    private Step close(long time) {
        var values = new double[tracks.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = tracks.get(i).close();
        }
        var step = new Step(openId, time, visibleSensors, values, List.copyOf(notes));
        notes.clear();
        return step;
    }

    /** Sensors that repeat one value for much longer than they ever did. */
    List<String> stuck() {
        List<String> stuck = List.of();
        for (int i = 0; i < tracks.size(); i++) {
            if (tracks.get(i).stuck(settings.stuckAfter())) {
                stuck = stuck.isEmpty() ? new ArrayList<>() : stuck;
                stuck.add(sensors.get(i));
            }
        }
        return stuck;
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(openId);
        out.writeLong(openTime);
        out.writeBoolean(silentBefore);
        ids.write(out);
        out.writeInt(notes.size());
        for (String note : notes) {
            out.writeUTF(note);
        }
        out.writeInt(sensors.size());
        for (int i = 0; i < sensors.size(); i++) {
            out.writeUTF(sensors.get(i));
            tracks.get(i).write(out);
        }
    }

    void read(DataInput in) throws IOException {
        openId = in.readUTF();
        openTime = in.readLong();
        silentBefore = in.readBoolean();
        ids.read(in);
        int noted = Damage.check(in.readInt(), MOST_NOTES, "number of notes");
        for (int i = 0; i < noted; i++) {
            notes.add(in.readUTF());
        }
        int known = Damage.check(in.readInt(), 10_000, "number of sensors");
        for (int i = 0; i < known; i++) {
            String sensor = in.readUTF();
            numbers.put(sensor, i);
            sensors.add(sensor);
            var track = new SensorTrack();
            track.read(in);
            tracks.add(track);
        }
    }
}

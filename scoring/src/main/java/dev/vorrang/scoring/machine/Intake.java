package dev.vorrang.scoring.machine;

import dev.vorrang.schemas.MachineStatus;
import dev.vorrang.schemas.Quality;
import dev.vorrang.schemas.SensorReading;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes steps of one machine's readings. Steps rise in time, unless the time was wrong. A reading that came before is passed over; one
 * that is older than the step it belongs to is late, one whose clock is ahead is told apart ({@link StreamTime}); a value that is no finite number, of bad quality or in another unit than before is missing, with a
 * note. For one thread.
 */
final class Intake {

    private static final int MAX_NOTES = 10;
    private static final int MAX_NAME_LENGTH = 200;
    private static final int MAX_NOTE_LENGTH = 500;
    private static final String CLAMPED = "time_clamped";
    private static final long NEVER = Long.MIN_VALUE;

    private final IntakeSettings settings;
    private final List<String> sensors = new ArrayList<>();
    private final List<String> visibleSensors = Collections.unmodifiableList(sensors);
    private final List<SensorTrack> tracks = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final RecentIds ids;
    private final StreamTime streamTime = new StreamTime();
    private final WrongTimes late = new WrongTimes();
    private final WrongTimes ahead = new WrongTimes();
    private final List<String> notes = new ArrayList<>();
    private String openId = "";
    private long openTime = NEVER;
    /** What the step that is being collected does to the machine's past. */
    private Past past = Past.KEPT;

    /** @param pages keep the ids of earlier readings */
    Intake(IntakeSettings settings, IdPages pages) {
        this.settings = settings;
        this.ids = new RecentIds(pages);
    }

    /** What a step does to what is known of the machine's past. Their order is part of the state. */
    enum Past {
        KEPT,
        /** The machine was silent for so long before the step that its past tells nothing. */
        FORGOTTEN,
        /** There was no such silence: the time that said so was wrong. */
        RESTORED
    }

    /** What came of a reading. */
    sealed interface Taken {

        /** Came before. */
        record Twice() implements Taken {}

        /** Changes nothing but this: its step is closed, or its clock is ahead. */
        record Unscored(MachineStatus status, String note) implements Taken {}

        /** Belongs to a step that is open still. */
        record Collected() implements Taken {}

        /** Closed a step. */
        record Closed(Step step, Past past) implements Taken {}
    }

    /** @throws IllegalArgumentException if the reading's id is longer than an id can be; nothing is taken then */
    Taken take(SensorReading reading) {
        if (reading.getId().length() > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException(
                    "id of " + reading.getId().length() + " characters: allowed are " + MAX_NAME_LENGTH);
        }
        long time = reading.getTime().toEpochMilli();
        // The connector has set it by the time of receipt, so it is another one when the reading is delivered again.
        boolean clamped = reading.getFlags().contains(CLAMPED);
        if (!ids.add(reading.getId(), time, !clamped)) {
            return new Taken.Twice();
        }
        Optional<Long> period = settings.period().map(Duration::toMillis);
        long start = period.map(each -> Math.floorDiv(time, each) * each).orElse(time);
        long newest = streamTime.newest();
        boolean isAhead = StreamTime.isAhead(time, receivedAt(reading));
        StreamTime.Move move = streamTime.take(start, time, receivedAt(reading));
        boolean unscored = move == StreamTime.Move.LATE || move == StreamTime.Move.AHEAD;
        ahead.add(isAhead);
        late.add(unscored && !isAhead);
        if (unscored) {
            return unscored(move, time, newest);
        }
        return period.isPresent() ? resampled(reading, start, move) : each(reading, time, move);
    }

    private static OptionalLong receivedAt(SensorReading reading) {
        return reading.getReceivedAt() == null
                ? OptionalLong.empty()
                : OptionalLong.of(reading.getReceivedAt().toEpochMilli());
    }

    private static Taken.Unscored unscored(StreamTime.Move move, long time, long newest) {
        return move == StreamTime.Move.LATE
                ? new Taken.Unscored(MachineStatus.LATE, "came after later readings were scored; changes nothing")
                : new Taken.Unscored(
                        MachineStatus.AHEAD,
                        "its time is " + seconds(time, newest)
                                + " s ahead of the readings before, which neither the time of"
                                + " receipt nor other readings confirm; changes nothing");
    }

    private Taken each(SensorReading reading, long time, StreamTime.Move move) {
        Past before = moved(time, move);
        openTime = time;
        openId = reading.getId();
        collect(reading);
        return new Taken.Closed(close(time), before);
    }

    private Taken resampled(SensorReading reading, long start, StreamTime.Move move) {
        Taken taken = new Taken.Collected();
        if (openTime != NEVER && start != openTime) {
            Step closed = close(openTime);
            taken = new Taken.Closed(closed, past);
            past = moved(start, move);
        }
        openTime = start;
        openId = reading.getId();
        collect(reading);
        return taken;
    }

    private Past moved(long time, StreamTime.Move move) {
        if (openTime == NEVER) {
            return Past.KEPT;
        }
        if (move == StreamTime.Move.BACK) {
            note("the readings before were " + seconds(openTime, time)
                    + " s ahead of this one; time goes on from here");
            return Past.RESTORED;
        }
        // Not a difference of the two, which may overflow.
        boolean gap = time > openTime && time - openTime > settings.longestGap().toMillis();
        if (gap) {
            note("after " + seconds(time, openTime) + " s without readings the machine is taken as new");
        } else if (move == StreamTime.Move.JUMP) {
            note(seconds(time, openTime) + " s after the reading before; no other reading confirms this time yet");
        }
        return gap ? Past.FORGOTTEN : Past.KEPT;
    }

    private static long seconds(long time, long before) {
        return (time - before) / 1000;
    }

    /** Whether the next steps may restore the past that one before has made forgotten. */
    boolean mayRestore() {
        return streamTime.revocable() || past == Past.RESTORED;
    }

    /** Names of all sensors seen so far, in the order of their numbers. Only grows. */
    List<String> sensors() {
        return visibleSensors;
    }

    /** Time of the last step, in ms since 1970; before the first one it has none. */
    long time() {
        return openTime;
    }

    /** Whether too many of the last readings were late or ahead. */
    WrongTimes.Signs wrongTimes() {
        return new WrongTimes.Signs(late.sign(), ahead.sign());
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
        unit = unit.length() <= MAX_NAME_LENGTH ? unit : unit.substring(0, MAX_NAME_LENGTH);
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
        if (sensor.length() > MAX_NAME_LENGTH) {
            note("a sensor whose name has " + sensor.length() + " characters was left out, allowed are "
                    + MAX_NAME_LENGTH);
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
        if (notes.size() < MAX_NOTES) {
            notes.add(note.length() <= MAX_NOTE_LENGTH ? note : note.substring(0, MAX_NOTE_LENGTH));
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
        out.writeByte(past.ordinal());
        ids.write(out);
        streamTime.write(out);
        late.write(out);
        ahead.write(out);
        writeSensors(out);
    }

    private void writeSensors(DataOutput out) throws IOException {
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

    /** @param version of the state */
    void read(DataInput in, int version) throws IOException {
        openId = in.readUTF();
        openTime = in.readLong();
        past = Past.values()[StateChecks.check(in.readByte(), Past.values().length - 1, "past of the open step")];
        if (version == 1) {
            ids.readVersion1(in, openTime);
            streamTime.continueAt(openTime);
        } else {
            ids.read(in);
            streamTime.read(in);
            late.read(in);
        }
        if (version > 3) {
            ahead.read(in);
        }
        readSensors(in);
    }

    private void readSensors(DataInput in) throws IOException {
        int noted = StateChecks.check(in.readInt(), MAX_NOTES, "number of notes");
        for (int i = 0; i < noted; i++) {
            notes.add(in.readUTF());
        }
        int known = StateChecks.check(in.readInt(), 10_000, "number of sensors");
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

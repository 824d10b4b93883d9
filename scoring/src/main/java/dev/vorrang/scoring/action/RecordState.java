package dev.vorrang.scoring.action;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import dev.vorrang.schemas.Action;
import dev.vorrang.schemas.DeskState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;

/**
 * What a task knows of a record: where it stands at the desk, and what follows while nobody acknowledges. Of its events the last
 * {@value #REMEMBERED} ids are remembered, as fingerprints of 64 bits (SipHash): one in 10^17 is taken for another. For one thread.
 */
final class RecordState {

    static final int REMEMBERED = 64;
    private static final byte FORMAT = 1;
    /** Where the length of the desk's state stands: after format, time and two flags. */
    private static final int DESK = 1 + Long.BYTES + 2;

    private static final HashFunction FINGERPRINT = Hashing.sipHash24();

    private long touchedAt;
    private boolean settled;
    private DeskState desk;
    private final Deque<Long> events = new ArrayDeque<>();
    private final List<FollowUp> followUps = new ArrayList<>();

    /**
     * What follows an action. For one thread.
     *
     * <p>Its message is the last that was sent; {@code step} counts those of the escalation; {@code dueAt} is when the next is due, by
     * the task's time, 0 if none is.
     */
    static final class FollowUp {

        private Action message;
        private int step;
        private long dueAt;

        private FollowUp(Action message, int step, long dueAt) {
            this.message = message;
            this.step = step;
            this.dueAt = dueAt;
        }

        Action message() {
            return message;
        }

        int step() {
            return step;
        }

        long dueAt() {
            return dueAt;
        }

        boolean isWaiting() {
            return dueAt != 0;
        }

        void waitUntil(long time) {
            dueAt = time;
        }

        void stop() {
            dueAt = 0;
        }

        void next() {
            step++;
            dueAt = 0;
        }
    }

    /** Of a record of which nothing is known. */
    RecordState() {}

    void touch(long now) {
        touchedAt = now;
    }

    boolean isSettled() {
        return settled;
    }

    void settle() {
        settled = true;
    }

    Optional<DeskState> desk() {
        return Optional.ofNullable(desk);
    }

    void desk(DeskState state) {
        desk = state;
    }

    boolean isAcknowledged() {
        return desk != null && desk.getAcknowledgedBy() != null;
    }

    /** @return whether the event is new */
    boolean isNewEvent(String id) {
        long fingerprint = FINGERPRINT.hashUnencodedChars(id).asLong();
        if (events.contains(fingerprint)) {
            return false;
        }
        events.add(fingerprint);
        if (events.size() > REMEMBERED) {
            events.remove();
        }
        return true;
    }

    List<FollowUp> followUps() {
        return followUps;
    }

    Optional<FollowUp> followUp(String action) {
        return followUps.stream()
                .filter(each -> each.message.getName().equals(action))
                .findFirst();
    }

    /** The same as before with a newer message, or a new one. */
    FollowUp follow(Action message) {
        FollowUp followUp = followUp(message.getName()).orElseGet(() -> {
            var first = new FollowUp(message, 0, 0);
            followUps.add(first);
            return first;
        });
        followUp.message = message;
        return followUp;
    }

    byte[] bytes(ActionRecords records) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeLong(touchedAt);
            out.writeBoolean(followUps.stream().anyMatch(FollowUp::isWaiting));
            out.writeBoolean(settled);
            write(desk == null ? new byte[0] : records.bytes(desk), out);
            out.writeShort(events.size());
            for (long event : events) {
                out.writeLong(event);
            }
            out.writeShort(followUps.size());
            for (FollowUp each : followUps) {
                out.writeInt(each.step);
                out.writeLong(each.dueAt);
                write(records.bytes(each.message), out);
            }
        } catch (IOException e) {
            throw new SerializationException("state of a record: " + e.getMessage(), e);
        }
        return bytes.toByteArray();
    }

    private static void write(byte[] part, DataOutputStream out) throws IOException {
        out.writeInt(part.length);
        out.write(part);
    }

    static RecordState of(byte[] bytes, ActionRecords records) {
        var state = new RecordState();
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readByte();
            if (format != FORMAT) {
                throw new SerializationException(
                        "state of a record: format " + format + ", but " + FORMAT + " is known");
            }
            state.touchedAt = in.readLong();
            in.readBoolean();
            state.settled = in.readBoolean();
            byte[] desk = in.readNBytes(in.readInt());
            state.desk = desk.length == 0 ? null : records.state(desk);
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                state.events.add(in.readLong());
            }
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                int step = in.readInt();
                long dueAt = in.readLong();
                state.followUps.add(new FollowUp(records.action(in.readNBytes(in.readInt())), step, dueAt));
            }
        } catch (IOException e) {
            throw new SerializationException("state of a record of " + bytes.length + " bytes is cut short", e);
        }
        return state;
    }

    /** Whether anybody did anything about the record; reads only the beginning of its state. */
    static boolean hasDesk(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getInt(DESK) > 0;
    }

    /** Whether a record can be forgotten; reads only the beginning of its state. */
    static boolean isOlder(byte[] bytes, long than) {
        ByteBuffer state = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        return state.getLong() < than && state.get() == 0;
    }
}

package dev.vorrang.scoring.action;

import dev.vorrang.schemas.Action;
import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Records that one message tells of, or several: the first at once and later what came since.
 *
 * @param dueAt before which it is not sent, by the task's time
 * @param unsent records that no message has told of
 * @param pressing highest severity of those
 * @param messages sent so far
 * @param all of its records as an action: the first with the number of all, and ids and titles of the first of them
 */
record Bundle(long dueAt, int unsent, Priority pressing, int messages, Action all) {

    /** Code of the reason that tells of how many records a message is. */
    static final String GATHERED = "gathered";

    private static final int MAX_IDS = 100;
    private static final byte FORMAT = 1;

    /** Of one record. */
    static Bundle of(Action first, long dueAt) {
        Action all = Action.newBuilder(first)
                .setRecords(List.of(first.getRecord()))
                .setTitles(List.of(first.getTitle()))
                .build();
        return new Bundle(dueAt, 1, first.getSeverity(), 0, all);
    }

    /** @param titles kept at most */
    Bundle with(Action next, int titles) {
        Action more = Action.newBuilder(all)
                .setCount(all.getCount() + 1)
                .setSeverity(higher(all.getSeverity(), next.getSeverity()))
                .setRecords(appended(all.getRecords(), next.getRecord(), MAX_IDS))
                .setTitles(appended(all.getTitles(), next.getTitle(), titles))
                .build();
        Priority highest = unsent == 0 ? next.getSeverity() : higher(pressing, next.getSeverity());
        return new Bundle(dueAt, unsent + 1, highest, messages, more);
    }

    /** What is left when the message was sent. */
    Bundle sent(long nextDueAt) {
        return new Bundle(nextDueAt, 0, Priority.LOW, messages + 1, all);
    }

    /** The next message: that of its record if it has only one. */
    Action message() {
        Action.Builder message = Action.newBuilder(all)
                .setId(ActionIds.of(all.getName(), all.getRecord(), 0, messages))
                .setSummary(messages);
        if (all.getCount() == 1) {
            return message.setRecords(List.of()).setTitles(List.of()).build();
        }
        int others = all.getCount() - 1;
        var reasons = new ArrayList<Reason>();
        reasons.add(new Reason(
                GATHERED,
                Map.of("count", Integer.toString(all.getCount()), "new", Integer.toString(unsent)),
                all.getCount() + " records, " + unsent + " of them not told of before"));
        reasons.addAll(all.getReasons());
        return message.setTitle(all.getTitle() + " and " + others + " more")
                .setReasons(reasons)
                .build();
    }

    private static Priority higher(Priority one, Priority other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static List<String> appended(List<String> to, String text, int most) {
        if (to.size() >= most) {
            return to;
        }
        var longer = new ArrayList<>(to);
        longer.add(text);
        return longer;
    }

    byte[] bytes(ActionRecords records) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeLong(dueAt);
            out.writeInt(unsent);
            out.writeByte(pressing.ordinal());
            out.writeInt(messages);
            out.write(records.bytes(all));
        } catch (IOException e) {
            throw new SerializationException("bundle: " + e.getMessage(), e);
        }
        return bytes.toByteArray();
    }

    static Bundle of(byte[] bytes, ActionRecords records) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readByte();
            if (format != FORMAT) {
                throw new SerializationException("bundle: format " + format + ", but " + FORMAT + " is known");
            }
            return new Bundle(
                    in.readLong(),
                    in.readInt(),
                    Priority.values()[in.readByte()],
                    in.readInt(),
                    records.action(in.readAllBytes()));
        } catch (IOException e) {
            throw new SerializationException("bundle of " + bytes.length + " bytes is cut short", e);
        }
    }
}

package dev.vorrang.scoring.mail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * The mails of one thread, in the order of their arrival, the last {@value #MAX_MAILS} of them.
 *
 * @param touchedAt when the last one arrived by the clock of the program, milliseconds since 1970
 * @param mails one or more
 */
record ThreadHistory(long touchedAt, List<Mail> mails) {

    static final int MAX_MAILS = 100;
    static final ThreadHistory EMPTY = new ThreadHistory(0, List.of());
    private static final byte FORMAT = 2;
    /** Without Message-IDs: each mail stands for itself. */
    private static final byte FORMAT_WITHOUT_MESSAGE_ID = 1;

    ThreadHistory {
        mails = List.copyOf(mails);
    }

    /**
     * @param id id of the mail
     * @param messageId its Message-ID, or its id if it has none: the same for all copies that one mail leaves in mailboxes and lists
     * @param time clamped time at which the mailbox took it in, milliseconds since 1970
     */
    record Mail(String id, String messageId, long time) {}

    /** With this mail at the end, or as it is if the mail is known already. */
    ThreadHistory with(Mail mail, long now) {
        if (indexOf(mail.id()) >= 0) {
            return this;
        }
        var all = new ArrayList<>(mails);
        all.add(mail);
        return new ThreadHistory(now, all.subList(Math.max(0, all.size() - MAX_MAILS), all.size()));
    }

    /**
     * Other mails that came before this one and whose times are within the window of its time, earlier or later; copies of one mail
     * count once, and those of this one not at all. Those that came after it do not count, so a mail that is delivered again gets
     * the same answer.
     */
    int repeats(String id, Duration window) {
        int index = indexOf(id);
        Mail mail = mails.get(index);
        return (int) mails.subList(0, index).stream()
                .filter(other -> Math.abs(other.time() - mail.time()) <= window.toMillis())
                .map(Mail::messageId)
                .filter(messageId -> !messageId.equals(mail.messageId()))
                .distinct()
                .count();
    }

    private int indexOf(String id) {
        for (int i = 0; i < mails.size(); i++) {
            if (mails.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    static Serde<ThreadHistory> serde() {
        return Serdes.serdeFrom(
                (topic, history) -> history == null ? null : history.toBytes(), (topic, bytes) -> of(bytes));
    }

    private byte[] toBytes() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeLong(touchedAt);
            out.writeShort(mails.size());
            for (Mail mail : mails) {
                write(mail.id(), out);
                write(mail.messageId(), out);
                out.writeLong(mail.time());
            }
        } catch (IOException e) {
            throw new SerializationException("thread history: " + e.getMessage(), e);
        }
        return bytes.toByteArray();
    }

    private static void write(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String read(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    private static ThreadHistory of(byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readByte();
            if (format != FORMAT && format != FORMAT_WITHOUT_MESSAGE_ID) {
                throw new SerializationException("thread history: format " + format + ", but " + FORMAT + " is known");
            }
            long touchedAt = in.readLong();
            int count = in.readUnsignedShort();
            var mails = new ArrayList<Mail>(count);
            for (int i = 0; i < count; i++) {
                String id = read(in);
                mails.add(new Mail(id, format == FORMAT ? read(in) : id, in.readLong()));
            }
            return new ThreadHistory(touchedAt, mails);
        } catch (IOException e) {
            throw new SerializationException("thread history of " + bytes.length + " bytes is cut short", e);
        }
    }
}

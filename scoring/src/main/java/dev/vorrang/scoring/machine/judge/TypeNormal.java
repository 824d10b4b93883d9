package dev.vorrang.scoring.machine.judge;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is normal for machines of a type: what the judgement of a new machine begins with, and that of each machine that it was learned
 * from. Immutable, safe for use by several threads.
 */
public final class TypeNormal {

    private static final int VERSION = 1;
    private static final int MAX_MACHINES = 100_000;
    private static final int MAX_BYTES = 64 << 20;

    private final byte[] anyMachine;
    private final Map<String, byte[]> machines;

    private TypeNormal(byte[] anyMachine, Map<String, byte[]> machines) {
        this.anyMachine = anyMachine;
        this.machines = machines;
    }

    /**
     * What was learned.
     *
     * @param anyMachine what the judgement of a new machine begins with
     * @param machines judgement of each machine that was learned from, by its name
     */
    public static TypeNormal of(MachineJudge anyMachine, Map<String, MachineJudge> machines) {
        var bytes = new LinkedHashMap<String, byte[]>();
        machines.forEach((machine, judge) -> bytes.put(machine, bytes(judge)));
        return new TypeNormal(bytes(anyMachine), bytes);
    }

    /** A judgement of a machine that is new to it: its own, if it was learned from, else that of any. */
    public MachineJudge begin(String machine) {
        try {
            return judge(machines.getOrDefault(machine, anyMachine));
        } catch (IOException e) {
            throw new UncheckedIOException("what was read before cannot be read again", e);
        }
    }

    /** Names of the machines that it was learned from. */
    public List<String> machines() {
        return List.copyOf(machines.keySet());
    }

    private static byte[] bytes(MachineJudge judge) {
        var bytes = new ByteArrayOutputStream();
        try {
            judge.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static MachineJudge judge(byte[] bytes) throws IOException {
        var judge = new MachineJudge();
        try {
            judge.read(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (RuntimeException e) {
            throw new IOException("damaged state: " + e, e);
        }
        return judge;
    }

    public void write(DataOutput out) throws IOException {
        out.writeInt(VERSION);
        write(out, anyMachine);
        out.writeInt(machines.size());
        for (Map.Entry<String, byte[]> machine : machines.entrySet()) {
            out.writeUTF(machine.getKey());
            write(out, machine.getValue());
        }
    }

    /**
     * Reads what {@link #write} wrote, also an earlier version of this program.
     *
     * @throws IOException if it is damaged or of a later version
     */
    public static TypeNormal read(DataInput in) throws IOException {
        int version = in.readInt();
        if (version != VERSION) {
            throw new IOException("normal of a type has version " + version + ", allowed is " + VERSION);
        }
        byte[] anyMachine = checked(in);
        int count = in.readInt();
        if (count < 0 || count > MAX_MACHINES) {
            throw new IOException("damaged normal of a type: " + count + " machines");
        }
        var machines = new LinkedHashMap<String, byte[]>();
        for (int i = 0; i < count; i++) {
            machines.put(in.readUTF(), checked(in));
        }
        return new TypeNormal(anyMachine, machines);
    }

    private static void write(DataOutput out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] checked(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MAX_BYTES) {
            throw new IOException("damaged normal of a type: a part of " + length + " bytes");
        }
        var bytes = new byte[length];
        in.readFully(bytes);
        judge(bytes);
        return bytes;
    }
}

package dev.vorrang.scoring.machine;

import dev.vorrang.schemas.Maintenance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;

/** The state of a machine at hand, with its journal and the machine's maintenance. For one thread. */
final class CachedState {

    /** For a machine that is not in maintenance. */
    static final byte[] NO_MARK = {};

    private final MachineState state;
    private final MachineJournal journal;
    private byte[] mark = NO_MARK;

    CachedState(MachineState state, MachineJournal journal) {
        this.state = state;
        this.journal = journal;
    }

    MachineState state() {
        return state;
    }

    MachineJournal journal() {
        return journal;
    }

    /** The maintenance in Avro's encoding, or {@link #NO_MARK}. */
    byte[] mark() {
        return mark;
    }

    void mark(byte[] encoded) {
        if (!Arrays.equals(mark, encoded)) {
            mark = encoded;
            state.maintenance(encoded.length == 0 ? Optional.empty() : Optional.of(decoded(encoded)));
        }
    }

    private static Maintenance decoded(byte[] mark) {
        try {
            return Maintenance.getDecoder().decode(mark);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

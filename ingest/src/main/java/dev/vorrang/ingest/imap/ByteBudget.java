package dev.vorrang.ingest.imap;

import java.util.concurrent.Semaphore;

/**
 * Memory that readers of mails share, over all folders and mailboxes of a process: whoever reads a mail holds a lease for as long as
 * its bytes are held, and waits while others hold too much. Safe for use by many threads.
 */
public final class ByteBudget {

    /** A quarter of the heap. */
    public static final ByteBudget OF_PROCESS =
            new ByteBudget(Runtime.getRuntime().maxMemory() / 4);

    /** Permits are counted in this many bytes. */
    private static final int UNIT = 1024;

    private final int units;
    private final Semaphore free;

    /** @param bytes at least 1,024 */
    public ByteBudget(long bytes) {
        this.units = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / UNIT));
        this.free = new Semaphore(units, true);
    }

    /** Waits for room. Who asks for more than there is waits for all of it. */
    Lease take(long bytes) throws InterruptedException {
        var lease = new Lease();
        lease.resize(bytes);
        return lease;
    }

    /** Bytes that nobody holds, for tests. */
    long free() {
        return (long) free.availablePermits() * UNIT;
    }

    /** For one thread. */
    final class Lease implements AutoCloseable {

        private int held;

        private Lease() {}

        /** Gives back what is held and waits for other room: so that two who need more do not wait for each other. */
        void resize(long bytes) throws InterruptedException {
            release();
            int wanted = (int) Math.min(units, Math.max(1, (bytes + UNIT - 1) / UNIT));
            free.acquire(wanted);
            held = wanted;
        }

        /** Gives back what is held. */
        void release() {
            free.release(held);
            held = 0;
        }

        @Override
        public void close() {
            release();
        }
    }
}

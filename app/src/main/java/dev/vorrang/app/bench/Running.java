package dev.vorrang.app.bench;

/** What scores the records of a run. For one thread; whoever makes one closes it. */
interface Running extends AutoCloseable {

    /** Returns at once. */
    void start();

    /** Whether it is ready for records. */
    boolean scores();

    /** For messages. */
    String state();

    @Override
    void close();
}

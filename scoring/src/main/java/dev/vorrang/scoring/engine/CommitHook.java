package dev.vorrang.scoring.engine;

import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Lets a processor hold records and still lose none: it is called before a task commits, while it may still forward, so that
 * nothing is committed that was not scored. Kafka Streams has no public call for that; an implementation finds its own way.
 */
public interface CommitHook {

    /** Store to connect to the processor that holds records; it keeps no data. */
    StoreBuilder<?> store();

    /**
     * Called in {@code Processor.init}, each time.
     *
     * @param context the processor's own
     * @param beforeCommit runs in the stream thread before each commit of the task; whatever it throws stops the commit
     */
    Task attach(ProcessorContext<?, ?> context, Runnable beforeCommit);

    /** The hook of one task. */
    interface Task {

        /** The node and record that are in process now, to come back to when the record is forwarded. */
        Place here();

        /** Called in {@code Processor.close}: no further call before a commit. */
        void detach();
    }

    /** Where a held record was taken off the flow. */
    interface Place {

        /**
         * Does something as if its record were in process at its node, so that what is forwarded carries its topic, partition,
         * offset, headers and time; then puts back what was in process before.
         */
        void resume(Runnable work);
    }
}

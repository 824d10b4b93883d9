package dev.vorrang.scoring.topology;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Knows the partitions of an instance by the tasks that attach to a commit hook. Kafka Streams itself tells of a task only after its
 * first commit, which a model that hangs lets never come. Safe for use by many threads.
 */
final class AttachedPartitions implements CommitHook {

    private final CommitHook hook;
    private final String topic;
    private final Set<Attached> tasks = ConcurrentHashMap.newKeySet();

    /** @param topic of which each task has the partition of its own number */
    AttachedPartitions(CommitHook hook, String topic) {
        this.hook = hook;
        this.topic = topic;
    }

    /** Those of the tasks that are attached now. */
    Set<TopicPartition> now() {
        return tasks.stream().map(task -> task.partition).collect(Collectors.toSet());
    }

    @Override
    public StoreBuilder<?> store() {
        return hook.store();
    }

    @Override
    public Task attach(ProcessorContext<?, ?> context, Runnable beforeCommit) {
        var task = new Attached(
                hook.attach(context, beforeCommit),
                new TopicPartition(topic, context.taskId().partition()));
        tasks.add(task);
        return task;
    }

    /** Equal to itself only: a partition that changes threads is attached anew before it is detached. */
    private final class Attached implements Task {

        private final Task task;
        private final TopicPartition partition;

        Attached(Task task, TopicPartition partition) {
            this.task = task;
            this.partition = partition;
        }

        @Override
        public Place here() {
            return task.here();
        }

        @Override
        public void detach() {
            tasks.remove(this);
            task.detach();
        }
    }
}

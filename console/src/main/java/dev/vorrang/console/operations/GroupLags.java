package dev.vorrang.console.operations;

import dev.vorrang.console.view.OperationsView.Lag;
import dev.vorrang.schemas.text.ForeignText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the broker how far consumer groups are behind: at most every few seconds, and what it said last if it gives no answer. Thread-safe. */
final class GroupLags implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupLags.class);
    private static final Duration HOLD = Duration.ofSeconds(5);
    private static final long ANSWER_MILLIS = 3_000;

    private final Admin admin;
    private final Predicate<String> topics;
    private List<Lag> last = List.of();
    /** By a clock that does not jump; empty before the first time. */
    private OptionalLong asked = OptionalLong.empty();

    private boolean warned;

    /**
     * @param kafka settings of a Kafka client, by Kafka's names
     * @param topics of which lags are shown
     */
    GroupLags(Map<String, String> kafka, Predicate<String> topics) {
        var settings = new HashMap<String, Object>(kafka);
        settings.put("default.api.timeout.ms", Long.toString(ANSWER_MILLIS));
        settings.put("request.timeout.ms", Long.toString(ANSWER_MILLIS));
        this.admin = Admin.create(settings);
        this.topics = topics;
    }

    /** Ordered by group and topic. */
    synchronized List<Lag> lags() {
        long now = System.nanoTime();
        if (asked.isEmpty() || now - asked.getAsLong() >= HOLD.toNanos()) {
            asked = OptionalLong.of(now);
            try {
                last = ask();
                warned = false;
            } catch (ExecutionException | TimeoutException | RuntimeException e) {
                if (!warned) {
                    LOG.warn("the lag of consumer groups is not known: {}", ForeignText.line(String.valueOf(e)));
                    warned = true;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return last;
    }

    private List<Lag> ask() throws ExecutionException, TimeoutException, InterruptedException {
        var specs = new HashMap<String, ListConsumerGroupOffsetsSpec>();
        for (GroupListing group : answer(admin.listGroups().all())) {
            if (group.type().filter(type -> type == GroupType.SHARE).isEmpty()) {
                specs.put(group.groupId(), new ListConsumerGroupOffsetsSpec());
            }
        }
        var read = answer(admin.listConsumerGroupOffsets(specs).all());
        Set<TopicPartition> partitions = new HashSet<>();
        read.values().forEach(offsets -> offsets.keySet().stream()
                .filter(partition -> topics.test(partition.topic()))
                .forEach(partitions::add));
        var latest = new HashMap<TopicPartition, OffsetSpec>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        var ends = answer(admin.listOffsets(latest).all());
        var lags = new ArrayList<Lag>();
        read.forEach((group, offsets) -> {
            var byTopic = new TreeMap<String, Long>();
            offsets.forEach((partition, offset) -> {
                if (offset != null && ends.containsKey(partition)) {
                    byTopic.merge(
                            partition.topic(), Math.max(0, ends.get(partition).offset() - offset.offset()), Long::sum);
                }
            });
            byTopic.forEach((topic, records) -> lags.add(new Lag(group, topic, records)));
        });
        lags.sort(Comparator.comparing(Lag::group).thenComparing(Lag::topic));
        return List.copyOf(lags);
    }

    private static <T> T answer(KafkaFuture<T> asked)
            throws ExecutionException, TimeoutException, InterruptedException {
        return asked.get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}

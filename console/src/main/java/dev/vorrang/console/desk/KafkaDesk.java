package dev.vorrang.console.desk;

import dev.vorrang.console.view.Change;
import dev.vorrang.console.view.RecordDetail;
import dev.vorrang.console.view.RecordStore;
import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.desk.DeskEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes desk events to their topic, whose order decides, and waits until this console's index tells what became of them. Thread-safe.
 */
public final class KafkaDesk implements Desk, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaDesk.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    /** For what is written after the first. */
    private static final Duration LIMIT_OF_EACH = Duration.ofMillis(2);

    private final RecordSender sender;
    private final Topic<DeskEvent> topic;
    private final RecordStore records;
    private final AutoCloseable listening;
    /** By event those that wait for it; several may, with one event. */
    private final Map<String, CompletableFuture<Applied>> waiting = new ConcurrentHashMap<>();

    /** @param records tells of the events that it has applied */
    public KafkaDesk(RecordSender sender, Topic<DeskEvent> topic, RecordStore records) {
        this.sender = sender;
        this.topic = topic;
        this.records = records;
        this.listening = records.listen(this::told);
    }

    private void told(Change change) {
        if (change instanceof Change.Desk desk) {
            var waits = waiting.remove(desk.event());
            if (waits != null) {
                waits.complete(new Applied(desk.id(), desk.counted(), desk.desk()));
            }
        }
    }

    @Override
    public List<Applied> write(List<DeskEvent> events) {
        events.forEach(DeskEvents::check);
        var answers = new ArrayList<CompletableFuture<Applied>>();
        var sent = new ArrayList<Future<RecordMetadata>>();
        try {
            for (DeskEvent event : events) {
                answers.add(waiting.computeIfAbsent(event.getId(), any -> new CompletableFuture<>()));
                sent.add(sender.send(topic, event.getRecord(), event));
            }
            sent.forEach(RecordSender::await);
            long deadline = System.nanoTime()
                    + LIMIT.plus(LIMIT_OF_EACH.multipliedBy(events.size())).toNanos();
            var applied = new ArrayList<Applied>();
            for (int i = 0; i < events.size(); i++) {
                applied.add(await(events.get(i), answers.get(i), deadline));
            }
            return applied;
        } finally {
            for (int i = 0; i < answers.size(); i++) {
                waiting.remove(events.get(i).getId(), answers.get(i));
            }
        }
    }

    private Applied await(DeskEvent event, Future<Applied> answer, long deadline) {
        try {
            return answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // One that was not told of, for more happened than could be told.
            return find(event)
                    .orElseThrow(() -> new NotWrittenException(
                            "desk event " + event.getId() + " was written, and not read within " + LIMIT.toSeconds()
                                    + " s; sent again it counts once",
                            e));
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing completes it so", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotWrittenException("interrupted while desk event " + event.getId() + " was read", e);
        }
    }

    private Optional<Applied> find(DeskEvent event) {
        return records.find(event.getStream(), event.getRecord()).flatMap(record -> record.history().stream()
                .filter(each -> each.id().equals(event.getId()))
                .map(RecordDetail.Event::counted)
                .map(counted ->
                        new Applied(event.getRecord(), counted, record.summary().desk()))
                .findFirst());
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (Exception e) {
            LOG.warn("The listener of changes could not be ended", e);
        }
    }
}

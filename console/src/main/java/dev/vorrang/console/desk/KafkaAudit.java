package dev.vorrang.console.desk;

import dev.vorrang.console.access.AuditLog;
import dev.vorrang.schemas.ConsoleAudit;
import dev.vorrang.schemas.ConsoleDeed;
import dev.vorrang.schemas.ConsoleOutcome;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.text.ForeignText;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the audit trail to its topic, and each entry to the log as well. While the broker is away up to {@value #MAX_WAITING} entries wait
 * for it; what comes then stands in the log alone. Thread-safe.
 */
public final class KafkaAudit implements AuditLog, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaAudit.class);
    private static final int MAX_WAITING = 10_000;
    private static final long PAUSE_MILLIS = 1_000;
    private static final Duration LAST = Duration.ofSeconds(5);

    private final RecordSender sender;
    private final Topic<ConsoleAudit> topic;
    private final BlockingQueue<ConsoleAudit> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Thread thread = new Thread(this::run, "console-audit");
    private final CountDownLatch closing = new CountDownLatch(1);

    private KafkaAudit(RecordSender sender, Topic<ConsoleAudit> topic) {
        this.sender = sender;
        this.topic = topic;
    }

    public static KafkaAudit start(RecordSender sender, Topic<ConsoleAudit> topic) {
        var audit = new KafkaAudit(sender, topic);
        audit.thread.setDaemon(true);
        audit.thread.start();
        return audit;
    }

    @Override
    public void add(Entry entry) {
        LOG.info(
                "Audit: {} {} by {} from {}: {}",
                entry.what(),
                ForeignText.line(entry.object()),
                ForeignText.line(entry.who()),
                entry.from(),
                entry.outcome());
        boolean kept = waiting.offer(ConsoleAudit.newBuilder()
                .setWho(entry.who())
                .setWhat(ConsoleDeed.valueOf(entry.what().name()))
                .setObject(entry.object())
                .setAddress(entry.from())
                .setAt(entry.at().truncatedTo(ChronoUnit.MILLIS))
                .setOutcome(ConsoleOutcome.valueOf(entry.outcome().name()))
                .build());
        if (!kept) {
            LOG.error("The entry above is in this log alone: {} others wait for the broker", MAX_WAITING);
        }
    }

    private void run() {
        try {
            while (closing.getCount() > 0 || !waiting.isEmpty()) {
                ConsoleAudit next = waiting.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    writeAtLast(next);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeAtLast(ConsoleAudit entry) throws InterruptedException {
        while (true) {
            try {
                sender.write(topic, entry.getWho(), entry);
                return;
            } catch (RuntimeException e) {
                LOG.warn("The audit trail waits for the broker: {}", e.getMessage());
                if (closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new InterruptedException("closing, and the broker is away");
                }
            }
        }
    }

    /** Waits for 5 s at most until all is written. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(LAST.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
        if (!waiting.isEmpty()) {
            LOG.error("{} entries of the audit trail are in this log alone", waiting.size());
        }
    }
}

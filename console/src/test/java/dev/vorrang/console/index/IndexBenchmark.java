package dev.vorrang.console.index;

import dev.vorrang.console.mail.MailConsole;
import dev.vorrang.console.view.Change;
import dev.vorrang.console.view.DeskView;
import dev.vorrang.console.view.RecordPage;
import dev.vorrang.console.view.RecordQuery;
import dev.vorrang.embedded.EmbeddedKafka;
import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.DeskEventType;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What the index takes with many mails: time to build it, disk, heap, and how long lists and searches take and a new mail needs to be
 * seen, while twenty mails and two actions a second come in. Run it with the class path of the tests: {@code java -Xmx1g -cp …
 * dev.vorrang.console.index.IndexBenchmark FOLDER 1000000}. The broker runs in a process of its own; its topics are kept in the folder for
 * the next run.
 */
final class IndexBenchmark {

    private static final Topics TOPICS = new Topics("");
    private static final AvroSerdes SERDES = new AvroSerdes(new FixedRegistry());
    private static final int PARTITIONS = 4;
    private static final Instant FIRST = Instant.parse("2026-01-05T00:00:00Z");
    private static final int QUERIES = Integer.getInteger("vorrang.queries", 400);

    private final Path folder;
    private final int mails;
    private final String broker;
    private final KafkaProducer<String, byte[]> producer;
    /** Mails are scored when they are written: a producer that waits in its own thread would wait for ever. */
    private final KafkaProducer<String, byte[]> scorer;

    private IndexBenchmark(Path folder, int mails, String broker) {
        this.folder = folder;
        this.mails = mails;
        this.broker = broker;
        this.producer = producer(broker);
        this.scorer = producer(broker);
    }

    public static void main(String[] args) throws Exception {
        if (args[0].equals("broker")) {
            broker(Path.of(args[1]));
            return;
        }
        Path folder = Path.of(args[0]);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx768m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IndexBenchmark.class.getName(),
                        "broker",
                        folder.resolve("kafka").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var answer = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            new IndexBenchmark(folder, Integer.parseInt(args[1]), answer.readLine()).run();
        } finally {
            process.destroyForcibly();
        }
    }

    private static void broker(Path data) throws IOException {
        var kafka = EmbeddedKafka.start(data, 0, Map.of("log.retention.ms", "-1"));
        System.out.println(kafka.bootstrapServers());
        // Ends with the process that reads its address.
        while (System.in.read() >= 0) {
            continue;
        }
        kafka.close();
        System.exit(0);
    }

    private static KafkaProducer<String, byte[]> producer(String broker) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        broker,
                        "linger.ms",
                        "5",
                        "compression.type",
                        "lz4",
                        "batch.size",
                        "262144"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private void run() throws Exception {
        fill();
        Path index = folder.resolve("index");
        if (!Boolean.getBoolean("vorrang.keep")) {
            delete(index);
        }
        long start = System.nanoTime();
        var settings = IndexSettings.of(index, Map.of("bootstrap.servers", broker), TOPICS, SERDES);
        try (var console = ConsoleIndex.open(settings, List.of(new MailConsole(TOPICS)))) {
            long largest = awaitBuilt(console, index);
            System.out.printf(
                    "built in %.0f s, disk %d MB at most, %d MB now%n",
                    seconds(start), largest >> 20, size(index) >> 20);
            var load = new Load(console);
            load.start();
            measure(console);
            load.end();
            System.gc();
            System.out.printf(
                    "heap in use %d MB of %d MB%n",
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20,
                    Runtime.getRuntime().maxMemory() >> 20);
        }
    }

    private void fill() throws Exception {
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker))) {
            if (admin.listTopics().names().get().contains(TOPICS.mailScored().name())) {
                return;
            }
            for (Topic<?> topic : List.of(TOPICS.mailReceived(), TOPICS.mailScored(), TOPICS.deskEvents())) {
                admin.createTopics(List.of(new NewTopic(topic.name(), PARTITIONS, (short) 1)
                                .configs(with(topic.config(), "retention.ms", "-1"))))
                        .all()
                        .get();
            }
        }
        var source = new SyntheticMails(2, FIRST);
        for (long number = 0; number < mails; number++) {
            EmailMessage mail = source.mail(number);
            send(
                    TOPICS.mailReceived(),
                    mail.getThread(),
                    mail,
                    at -> send(TOPICS.mailScored(), mail.getThread(), source.score(mail, position(at)), written -> {}));
        }
        producer.flush();
        scorer.flush();
        System.out.println(mails + " mails are in the topics");
    }

    private static Map<String, String> with(Map<String, String> config, String key, String value) {
        var all = new HashMap<>(config);
        all.put(key, value);
        return all;
    }

    private static Position position(RecordMetadata at) {
        return new Position(at.topic(), at.partition(), at.offset());
    }

    private interface Sent {
        void at(RecordMetadata place);
    }

    private <V extends SpecificRecord> void send(Topic<V> topic, String key, V value, Sent sent) {
        byte[] bytes = SERDES.valueSerde(topic).serializer().serialize(topic.name(), value);
        (topic.equals(TOPICS.mailScored()) ? scorer : producer)
                .send(new ProducerRecord<>(topic.name(), key, bytes), (place, failure) -> sent.at(place));
    }

    private static long awaitBuilt(ConsoleIndex console, Path index) throws IOException {
        long largest = 0;
        long told = System.nanoTime();
        while (!console.health().connected() || console.health().behind() > 0) {
            largest = Math.max(largest, size(index));
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            if (seconds(told) > 20) {
                told = System.nanoTime();
                System.out.printf("%d behind, %d MB%n", console.health().behind(), size(index) >> 20);
            }
        }
        return Math.max(largest, size(index));
    }

    /** Mails and actions that come in meanwhile, and how long a mail needs to be seen. */
    private final class Load extends Thread {

        private final SyntheticMails source = new SyntheticMails(System.nanoTime(), FIRST.plus(Duration.ofDays(100)));
        private final Map<String, Long> sent = new ConcurrentHashMap<>();
        private final long[] seen = new long[100_000];
        private int count;
        private final AtomicBoolean ended = new AtomicBoolean();
        private final AutoCloseable listening;

        Load(ConsoleIndex console) {
            listening = console.listen(change -> {
                if (change instanceof Change.Scored scored) {
                    Long at = sent.remove(scored.record().id());
                    if (at != null) {
                        seen[count++] = System.nanoTime() - at;
                    }
                }
            });
        }

        @Override
        public void run() {
            var random = new Random();
            long number = System.currentTimeMillis();
            while (!ended.get()) {
                EmailMessage mail = source.mail(number++);
                send(TOPICS.mailReceived(), mail.getThread(), mail, at -> {
                    sent.put(mail.getId(), System.nanoTime());
                    send(TOPICS.mailScored(), mail.getThread(), source.score(mail, position(at)), written -> {});
                });
                if (number % 10 == 0) {
                    act("%032x".formatted((long) random.nextInt(mails) * 0x9E3779B97F4A7C15L));
                }
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }

        private void act(String record) {
            send(
                    TOPICS.deskEvents(),
                    record,
                    DeskEvent.newBuilder()
                            .setId(UUID.randomUUID().toString())
                            .setRecord(record)
                            .setStream("mail")
                            .setType(DeskEventType.CLAIMED)
                            .setWho("anna")
                            .setChannel("console")
                            .setAt(Instant.now())
                            .build(),
                    written -> {});
        }

        void end() throws Exception {
            ended.set(true);
            join();
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            listening.close();
            print("a new mail is seen after", Arrays.copyOf(seen, count));
            System.out.println("not seen: " + sent.size() + " of " + (sent.size() + count));
        }
    }

    private void measure(ConsoleIndex console) {
        var words = new SyntheticMails(3, FIRST);
        var open = Set.of(DeskView.Status.OPEN, DeskView.Status.CLAIMED);
        Map<String, Set<String>> all = Map.of();
        time("list by priority", () -> console.search(asked("", all, open, false, Optional.empty())));
        time("list, folded", () -> console.search(asked("", all, open, true, Optional.empty())));
        Map<String, Set<String>> queue = Map.of("queue", Set.of("billing"), "topic", Set.of("!spam"));
        time("list of a queue", () -> console.search(asked("", queue, open, true, Optional.empty())));
        time("newest", () -> console.search(newest()));
        time("search for a word", () -> console.search(asked(words.word(), all, Set.of(), false, Optional.empty())));
        time(
                "search for two words",
                () -> console.search(asked(words.word() + " " + words.word(), all, open, true, Optional.empty())));
        var next = new String[1];
        time("next page", () -> {
            RecordPage page = console.search(asked("", all, open, true, Optional.ofNullable(next[0])));
            next[0] = page.next().orElse(null);
            return page;
        });
        var random = new Random(4);
        time(
                "a mail",
                () -> console.find("mail", "%032x".formatted((long) random.nextInt(mails) * 0x9E3779B97F4A7C15L)));
    }

    /** Time that passes, and time of the processor: on a machine that does other things too the second tells more. */
    private static void time(String what, Supplier<?> query) {
        for (int i = 0; i < QUERIES / 2; i++) {
            query.get();
        }
        var threads = ManagementFactory.getThreadMXBean();
        var times = new long[QUERIES];
        var processor = new long[QUERIES];
        for (int i = 0; i < QUERIES; i++) {
            long start = System.nanoTime();
            long used = threads.getCurrentThreadCpuTime();
            query.get();
            processor[i] = threads.getCurrentThreadCpuTime() - used;
            times[i] = System.nanoTime() - start;
        }
        print(what, times);
        print("  of the processor", processor);
    }

    private static RecordQuery asked(
            String text,
            Map<String, Set<String>> filters,
            Set<DeskView.Status> status,
            boolean fold,
            Optional<String> after) {
        return new RecordQuery(
                "mail",
                Set.of(),
                text,
                filters,
                status,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RecordQuery.Sort.PRIORITY,
                fold,
                after,
                50);
    }

    private static RecordQuery newest() {
        return new RecordQuery(
                "mail",
                Set.of(),
                "",
                Map.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RecordQuery.Sort.NEWEST,
                false,
                Optional.empty(),
                50);
    }

    private static void print(String what, long[] nanos) {
        Arrays.sort(nanos);
        if (nanos.length > 0) {
            System.out.printf(
                    "%-26s p50 %6.1f ms, p95 %6.1f ms, p99 %6.1f ms, most %6.1f ms%n",
                    what, millis(nanos, 0.5), millis(nanos, 0.95), millis(nanos, 0.99), millis(nanos, 1));
        }
    }

    private static double millis(long[] sorted, double quantile) {
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(quantile * sorted.length))] / 1e6;
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static long size(Path folder) throws IOException {
        long size = 0;
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                try {
                    size += Files.size(file);
                } catch (IOException e) {
                    // Merged away meanwhile.
                    continue;
                }
            }
        }
        return size;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            IndexFolder.delete(folder);
        }
    }
}

package dev.vorrang.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vorrang.console.access.AuditLog;
import dev.vorrang.console.desk.Desk;
import dev.vorrang.console.desk.MachineMarks;
import dev.vorrang.console.view.Change;
import dev.vorrang.console.view.DemandStore;
import dev.vorrang.console.view.DeskView;
import dev.vorrang.console.view.MachineStore;
import dev.vorrang.console.view.OperationsStore;
import dev.vorrang.console.view.OperationsView;
import dev.vorrang.console.view.RecordDetail;
import dev.vorrang.console.view.RecordPage;
import dev.vorrang.console.view.RecordQuery;
import dev.vorrang.console.view.RecordStore;
import dev.vorrang.console.view.RecordSummary;
import dev.vorrang.console.web.ConsoleServices;
import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.view.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A console without topics: what the server shows is in memory, and events are applied at once. */
public final class MemoryConsole
        implements RecordStore, MachineStore, DemandStore, OperationsStore, Desk, MachineMarks {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final Map<String, RecordSummary> records = new LinkedHashMap<>();
    private final Map<String, List<RecordDetail.Event>> history = new LinkedHashMap<>();
    private final Map<String, Applied> applied = new LinkedHashMap<>();
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    public final List<DeskEvent> written = new CopyOnWriteArrayList<>();
    public final List<String> marks = new CopyOnWriteArrayList<>();
    public final List<AuditLog.Entry> audit = new CopyOnWriteArrayList<>();
    public final List<String> replayed = new CopyOnWriteArrayList<>();

    public ConsoleServices services() {
        return new ConsoleServices(
                List.of("mail", "machine"), this, this, this, this, this, this, this::replay, audit::add);
    }

    private boolean replay(String topic, int partition, long offset) {
        boolean known = deadLetter(topic, partition, offset).isPresent();
        if (known) {
            replayed.add(topic + "/" + partition + "/" + offset);
        }
        return known;
    }

    /** Adds a mail, and tells of it. */
    public synchronized RecordSummary mail(String id, String title, Severity severity, double rank) {
        var summary = new RecordSummary(
                "mail",
                id,
                "MailScore",
                title,
                severity,
                rank,
                NOW,
                NOW,
                "thread-" + id,
                List.of("the sender waits"),
                List.of(),
                Map.of("queue", List.of("support")),
                DeskView.UNTOUCHED,
                Optional.empty());
        records.put(id, summary);
        tell(new Change.Scored(summary));
        return summary;
    }

    public void tell(Change change) {
        listeners.forEach(each -> each.accept(change));
    }

    @Override
    public synchronized RecordPage search(RecordQuery query) {
        var found = records.values().stream()
                .filter(each -> each.stream().equals(query.stream()))
                .filter(each -> each.title().contains(query.text()))
                .filter(each -> query.status().isEmpty()
                        || query.status().contains(each.desk().status()))
                .filter(each -> query.holder().isEmpty()
                        || query.holder().equals(each.desk().holder()))
                .sorted(Comparator.comparing(RecordSummary::severity)
                        .thenComparing(RecordSummary::rank)
                        .reversed())
                .toList();
        var facets = new TreeMap<String, Map<String, Long>>();
        facets.put("queue", Map.of("support", (long) found.size()));
        return new RecordPage(found.size(), found.stream().limit(query.limit()).toList(), facets, Optional.empty());
    }

    @Override
    public synchronized Optional<RecordDetail> find(String stream, String id) {
        return Optional.ofNullable(records.get(id))
                .filter(each -> each.stream().equals(stream))
                .map(each -> new RecordDetail(
                        each,
                        JsonNodeFactory.instance.objectNode().put("id", id),
                        Optional.of(JsonNodeFactory.instance.objectNode().put("subject", each.title())),
                        false,
                        history.getOrDefault(id, List.of()),
                        List.of(each),
                        List.of()));
    }

    @Override
    public AutoCloseable listen(Consumer<Change> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public Change.Health health() {
        return new Change.Health(true, 0);
    }

    @Override
    public synchronized List<Applied> write(List<DeskEvent> events) {
        var results = new ArrayList<Applied>();
        for (DeskEvent event : events) {
            results.add(applied.computeIfAbsent(event.getId(), any -> apply(event)));
        }
        return results;
    }

    private Applied apply(DeskEvent event) {
        written.add(event);
        var record = records.get(event.getRecord());
        var before = record.desk();
        var after =
                switch (event.getType()) {
                    case CLAIMED ->
                        before.status() == DeskView.Status.OPEN
                                ? state(before, DeskView.Status.CLAIMED, Optional.of(event.getWho()), event)
                                : before;
                    case DONE -> state(before, DeskView.Status.DONE, Optional.empty(), event);
                    case RELEASED, REOPENED -> state(before, DeskView.Status.OPEN, Optional.empty(), event);
                    default -> state(before, before.status(), before.holder(), event);
                };
        records.put(event.getRecord(), with(record, after));
        boolean counted = !after.equals(before);
        history.computeIfAbsent(event.getRecord(), any -> new ArrayList<>())
                .add(new RecordDetail.Event(
                        event.getId(),
                        event.getType().name(),
                        event.getWho(),
                        event.getChannel(),
                        event.getAt(),
                        Optional.ofNullable(event.getComment()),
                        event.getCorrections(),
                        counted));
        tell(new Change.Desk(event.getStream(), event.getRecord(), event.getId(), counted, after));
        return new Applied(event.getRecord(), counted, after);
    }

    private static DeskView state(DeskView before, DeskView.Status status, Optional<String> holder, DeskEvent event) {
        var corrections = new LinkedHashMap<>(before.corrections());
        corrections.putAll(event.getCorrections());
        return new DeskView(
                status,
                holder,
                before.acknowledgedBy().or(() -> Optional.of(event.getWho())),
                status == DeskView.Status.DONE ? Optional.of(event.getWho()) : Optional.empty(),
                corrections,
                before.comments() + (event.getComment() == null ? 0 : 1),
                before.events() + 1,
                Optional.of(event.getAt()));
    }

    private static RecordSummary with(RecordSummary each, DeskView desk) {
        return new RecordSummary(
                each.stream(),
                each.id(),
                each.type(),
                each.title(),
                each.severity(),
                each.rank(),
                each.time(),
                each.scoredAt(),
                each.key(),
                each.reasons(),
                each.details(),
                each.facets(),
                desk,
                each.fold());
    }

    @Override
    public List<MachineView> machines() {
        return List.of(new MachineView(
                "press-1",
                "NORMAL",
                NOW,
                Optional.of(0.1),
                Optional.empty(),
                Optional.of(120.0),
                Map.of("0.1", 90.0, "0.9", 150.0),
                Map.of("temperature", 61.5),
                Map.of("temperature", "°C"),
                List.of()));
    }

    @Override
    public Optional<Series> series(String machine, Instant from, Instant to, int points) {
        return Optional.of(machine)
                .filter("press-1"::equals)
                .map(any -> new Series(
                        List.of(NOW.toEpochMilli()),
                        List.of(0.1),
                        Map.of(
                                "temperature",
                                new Sensor(List.of(61.5), List.of(61.0), List.of(62.0), List.of(55.0), List.of(65.0))),
                        List.of()));
    }

    private static ItemView item() {
        return new ItemView(
                "bolt@north", "DAY", NOW, List.of(3.0, 4.0), List.of(3.5, 3.6), Optional.empty(), List.of());
    }

    @Override
    public ItemPage items(String text, Optional<String> after, int limit) {
        return new ItemPage(1, List.of(item()), Optional.empty());
    }

    @Override
    public Optional<ItemDetail> item(String key) {
        return Optional.of(item())
                .filter(each -> each.key().equals(key))
                .map(each -> new ItemDetail(
                        each,
                        List.of(new Observed(NOW, Optional.of(3.0), Optional.empty())),
                        List.of(new FanStep(NOW, 3.5, Map.of("0.5", 3.4), false, Optional.empty())),
                        List.of(),
                        Optional.of(
                                new Accuracy(10, 0.8, -0.1, Optional.of(0.2), Optional.of(0.3), Map.of("0.5", 0.52)))));
    }

    @Override
    public OperationsView operations() {
        return new OperationsView(
                List.of(new OperationsView.StreamView(
                        "mail",
                        List.of(1L, 2L),
                        Map.of("0.95", 120.0),
                        List.of(new OperationsView.ModelView("mail", "1", 3, Map.of("macro F1", "0.91"))),
                        Optional.of(0.1),
                        1,
                        Map.of("topic", Map.of("billing", 2L)))),
                List.of(new OperationsView.Lag("vorrang-mail", "mail.received", 0)));
    }

    private static OperationsView.DeadLetterView letter() {
        return new OperationsView.DeadLetterView(
                "mail.dead-letters",
                0,
                7,
                "mail",
                "mail.received 0 12",
                "DECODE",
                "WireFormatException",
                "no magic byte",
                NOW,
                Optional.of("thread"),
                Optional.of(Base64.getEncoder().encodeToString(new byte[] {1, 2, 3})),
                3,
                false);
    }

    @Override
    public DeadLetterPage deadLetters(Optional<String> stream, Optional<String> after, int limit) {
        return new DeadLetterPage(1, List.of(letter()), Optional.empty());
    }

    @Override
    public Optional<OperationsView.DeadLetterView> deadLetter(String topic, int partition, long offset) {
        return Optional.of(letter())
                .filter(each -> each.topic().equals(topic) && each.partition() == partition && each.offset() == offset);
    }

    @Override
    public void accept(String machine, Optional<String> alert, String by, String reason) {
        marks.add("accept " + machine + " " + alert.orElse("all") + " by " + by + ": " + reason);
    }

    @Override
    public void maintain(String machine, Instant from, Optional<Instant> until, String reason) {
        marks.add("maintain " + machine + ": " + reason);
    }

    @Override
    public void endMaintenance(String machine) {
        marks.add("end " + machine);
    }
}

package dev.vorrang.console.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vorrang.console.desk.Desk;
import dev.vorrang.console.desk.NotWrittenException;
import dev.vorrang.console.page.SampleMails.SampleMail;
import dev.vorrang.console.view.Change;
import dev.vorrang.console.view.DeskView;
import dev.vorrang.console.view.RecordDetail;
import dev.vorrang.console.view.RecordPage;
import dev.vorrang.console.view.RecordQuery;
import dev.vorrang.console.view.RecordStore;
import dev.vorrang.console.view.RecordSummary;
import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.DeskState;
import dev.vorrang.schemas.desk.DeskEvents;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Records in memory, with the same rules for desk events as everywhere. Thread-safe. */
final class MemoryRecords implements RecordStore, Desk {

    private static final List<String> FACETS =
            List.of("queue", "priority", "topic", "sentiment", "urgency", "stake", "language");

    private final Map<String, SampleMail> mails = new LinkedHashMap<>();
    /** Of other streams. */
    private final Map<String, RecordSummary> alerts = new HashMap<>();

    private final Map<String, DeskState> desks = new HashMap<>();
    private final Map<String, List<RecordDetail.Event>> histories = new HashMap<>();
    private final Set<String> events = new HashSet<>();
    private final List<DeskEvent> counted = new ArrayList<>();
    private final List<Consumer<Change>> listeners = new CopyOnWriteArrayList<>();
    private boolean brokerAway;
    /** Events that are written before one is not; negative for no limit. */
    private int writable = -1;

    private volatile boolean silent;

    /** Adds mails without telling anybody. */
    synchronized void add(List<SampleMail> more) {
        more.forEach(mail -> mails.put(mail.summary().id(), mail));
    }

    /** Replaces all mails, and what was done about them. */
    synchronized void setOnly(List<SampleMail> others) {
        mails.clear();
        desks.clear();
        histories.clear();
        add(others);
    }

    /** Adds the alert of another stream. */
    synchronized void addAlert(RecordSummary alert) {
        alerts.put(alert.id(), alert);
    }

    /** An alert with what people did about it. */
    synchronized RecordSummary alert(String id) {
        return current(alerts.get(id));
    }

    /** Adds a mail as scoring does, while people look. */
    void arrive(SampleMail mail) {
        add(List.of(mail));
        tell(new Change.Scored(summary(mail)));
    }

    /** Whether events can be written. */
    void setBrokerAway(boolean away) {
        synchronized (this) {
            brokerAway = away;
        }
        tell(health());
    }

    /** After so many events one is not written, and what comes with it is not either. */
    synchronized void failOnceAfter(int events) {
        writable = events;
    }

    /** Whether nobody is told of changes. */
    void setSilent(boolean silent) {
        this.silent = silent;
    }

    /** Events that counted, in order. */
    synchronized List<DeskEvent> counted() {
        return List.copyOf(counted);
    }

    private void tell(Change change) {
        if (!silent) {
            listeners.forEach(listener -> listener.accept(change));
        }
    }

    @Override
    public List<Applied> write(List<DeskEvent> written) {
        return written.stream().map(this::write).toList();
    }

    private Applied write(DeskEvent event) {
        DeskEvents.check(event);
        String record = event.getRecord();
        boolean counts;
        DeskView view;
        synchronized (this) {
            if (brokerAway || writable-- == 0) {
                throw new NotWrittenException("the broker is away", null);
            }
            if (!events.add(event.getId())) {
                counts = counted.stream().anyMatch(other -> other.getId().equals(event.getId()));
                return new Applied(record, counts, desk(record));
            }
            var after = DeskEvents.apply(desks.get(record), event);
            counts = after.isPresent();
            after.ifPresent(state -> {
                desks.put(record, state);
                counted.add(event);
            });
            histories.computeIfAbsent(record, any -> new ArrayList<>()).add(history(event, counts));
            view = desk(record);
        }
        tell(new Change.Desk(event.getStream(), record, event.getId(), counts, view));
        return new Applied(record, counts, view);
    }

    private static RecordDetail.Event history(DeskEvent event, boolean counts) {
        return new RecordDetail.Event(
                event.getId(),
                event.getType().name(),
                event.getWho(),
                event.getChannel(),
                event.getAt(),
                Optional.ofNullable(event.getComment()),
                event.getCorrections(),
                counts);
    }

    private DeskView desk(String record) {
        DeskState state = desks.get(record);
        return state == null
                ? DeskView.UNTOUCHED
                : new DeskView(
                        DeskView.Status.valueOf(state.getStatus().name()),
                        Optional.ofNullable(state.getHolder()),
                        Optional.ofNullable(state.getAcknowledgedBy()),
                        Optional.ofNullable(state.getDoneBy()),
                        state.getCorrections() == null ? Map.of() : state.getCorrections(),
                        state.getComments(),
                        state.getEvents(),
                        Optional.of(state.getUpdatedAt()));
    }

    private RecordSummary summary(SampleMail mail) {
        return current(mail.summary());
    }

    private synchronized RecordSummary current(RecordSummary record) {
        DeskView desk = desk(record.id());
        var facets = new HashMap<>(record.facets());
        desk.corrections().forEach((field, value) -> facets.replace(field, List.of(value)));
        return new RecordSummary(
                record.stream(),
                record.id(),
                record.type(),
                record.title(),
                desk.corrections().containsKey("priority")
                        ? dev.vorrang.schemas.view.Severity.valueOf(
                                desk.corrections().get("priority"))
                        : record.severity(),
                record.rank(),
                record.time(),
                record.scoredAt(),
                record.key(),
                record.reasons(),
                record.details(),
                facets,
                desk,
                record.fold());
    }

    @Override
    public synchronized RecordPage search(RecordQuery query) {
        if (!query.stream().equals("mail")) {
            return new RecordPage(0, List.of(), Map.of(), Optional.empty());
        }
        List<RecordSummary> found = mails.values().stream()
                .filter(words(query.text()))
                .map(this::summary)
                .filter(record -> query.status().isEmpty()
                        || query.status().contains(record.desk().status()))
                .filter(record -> query.holder().isEmpty()
                        || query.holder().equals(record.desk().holder()))
                .toList();
        var lines = new ArrayList<>(found.stream()
                .filter(meets(query.filters(), ""))
                .sorted(order(query.sort()))
                .toList());
        if (query.fold()) {
            var groups = new HashSet<String>();
            lines.removeIf(record ->
                    record.fold().isPresent() && !groups.add(record.fold().get().group()));
        }
        int from = query.after().map(Integer::parseInt).orElse(0);
        int to = Math.min(lines.size(), from + query.limit());
        return new RecordPage(
                lines.size(),
                lines.subList(from, to),
                facets(found, query.filters()),
                to < lines.size() ? Optional.of(String.valueOf(to)) : Optional.empty());
    }

    private static Predicate<SampleMail> words(String text) {
        List<String> words = List.of(text.toLowerCase(Locale.ROOT).split("\\s+"));
        return mail -> {
            String all =
                    (mail.summary().title() + " " + mail.source().get("text").asText()).toLowerCase(Locale.ROOT);
            return words.stream().allMatch(all::contains);
        };
    }

    private static List<String> values(RecordSummary record, String facet) {
        return switch (facet) {
            case "group" -> record.fold().map(fold -> List.of(fold.group())).orElse(List.of());
            default -> record.facets().getOrDefault(facet, List.of());
        };
    }

    private static Predicate<RecordSummary> meets(Map<String, Set<String>> filters, String aside) {
        return record -> filters.entrySet().stream()
                .filter(filter -> !filter.getKey().equals(aside))
                .allMatch(filter -> values(record, filter.getKey()).stream().anyMatch(filter.getValue()::contains));
    }

    private static Map<String, Map<String, Long>> facets(List<RecordSummary> found, Map<String, Set<String>> filters) {
        return FACETS.stream().collect(Collectors.toMap(facet -> facet, facet -> found.stream()
                .filter(meets(filters, facet))
                .flatMap(record -> values(record, facet).stream())
                .collect(Collectors.groupingBy(value -> value, TreeMap::new, Collectors.counting()))));
    }

    private static Comparator<RecordSummary> order(RecordQuery.Sort sort) {
        Comparator<RecordSummary> older = Comparator.comparing(RecordSummary::time);
        return switch (sort) {
            case OLDEST -> older;
            case NEWEST -> older.reversed();
            case PRIORITY ->
                Comparator.comparing(RecordSummary::severity)
                        .thenComparing(RecordSummary::rank)
                        .reversed()
                        .thenComparing(older);
        };
    }

    @Override
    public synchronized Optional<RecordDetail> find(String stream, String id) {
        if (alerts.containsKey(id)) {
            return Optional.of(new RecordDetail(
                    alert(id),
                    JsonNodeFactory.instance.objectNode(),
                    Optional.empty(),
                    false,
                    List.of(),
                    List.of(),
                    List.of()));
        }
        return Optional.ofNullable(mails.get(id))
                .filter(any -> stream.equals("mail"))
                .map(mail -> {
                    RecordSummary record = summary(mail);
                    return new RecordDetail(
                            record,
                            mail.score(),
                            Optional.of(mail.source()),
                            false,
                            histories.getOrDefault(id, List.of()),
                            others(other -> other.key().equals(record.key())),
                            others(other -> record.fold().isPresent()
                                    && other.fold().equals(record.fold())
                                    && !other.id().equals(id)));
                });
    }

    private List<RecordSummary> others(Predicate<RecordSummary> which) {
        return mails.values().stream()
                .map(this::summary)
                .filter(which)
                .sorted(Comparator.comparing(RecordSummary::time))
                .limit(20)
                .toList();
    }

    @Override
    public AutoCloseable listen(Consumer<Change> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public synchronized Change.Health health() {
        return new Change.Health(!brokerAway, 0);
    }
}

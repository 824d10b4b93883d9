package dev.vorrang.console.web;

import static dev.vorrang.console.web.RecordParams.ID;
import static dev.vorrang.console.web.RecordParams.STREAM;

import dev.vorrang.console.access.Role;
import dev.vorrang.console.api.Call;
import dev.vorrang.console.api.ProblemException;
import dev.vorrang.console.api.Reply;
import dev.vorrang.console.api.Route;
import dev.vorrang.console.desk.Desk;
import dev.vorrang.console.view.DeskView;
import dev.vorrang.console.view.RecordQuery;
import dev.vorrang.console.view.RecordSummary;
import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.DeskEventType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Routes by which people act on records. */
final class DeskRoutes {

    /** How the events say that they were told. */
    static final String CHANNEL = "console";

    private static final int MAX_RECORDS = 10_000;

    private final ConsoleServices services;
    private final Clock clock;

    DeskRoutes(ConsoleServices services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    /** What people may do; the names of {@code DeskEventType}. */
    enum EventType {
        CLAIMED,
        RELEASED,
        ACKNOWLEDGED,
        DONE,
        REOPENED,
        CORRECTED,
        COMMENTED
    }

    /**
     * An event of one record.
     *
     * @param id chosen by the sender; sent again with the same id it counts once
     */
    record EventRequest(
            String id, EventType type, Optional<String> comment, Optional<Map<String, String>> corrections) {}

    /**
     * An event of many records.
     *
     * @param records ids
     * @param query which records, if not by id
     */
    record ManyRequest(
            String id,
            EventType type,
            Optional<List<String>> records,
            Optional<Chosen> query,
            Optional<String> comment,
            Optional<Map<String, String>> corrections) {

        ManyRequest {
            if (records.isPresent() == query.isPresent()) {
                throw new IllegalArgumentException("records, query: allowed is one of them");
            }
            if (records.filter(ids -> ids.isEmpty() || ids.size() > MAX_RECORDS).isPresent()) {
                throw new IllegalArgumentException(
                        "records: " + records.get().size() + " ids, allowed are 1 to " + MAX_RECORDS);
            }
        }
    }

    /** Records of a stream, by the same words as in a list. */
    record Chosen(
            Optional<String> text,
            Optional<Set<String>> type,
            Optional<Set<DeskView.Status>> status,
            Optional<String> holder,
            Optional<Map<String, Set<String>>> facets,
            Optional<Instant> from,
            Optional<Instant> to) {}

    /** What became of an event. */
    record EventAnswer(boolean counted, DeskView desk) {}

    /** What became of each event. */
    record ManyAnswer(List<Result> results) {}

    /** What became of the event of a record. */
    record Result(String id, boolean counted, DeskView desk) {}

    List<Route<?>> routes() {
        return List.of(
                Route.post("/streams/{stream}/records/{id}/events", EventRequest.class)
                        .role(Role.AGENT)
                        .takes(STREAM, ID)
                        .answers(EventAnswer.class)
                        .problems(404, 503)
                        .doc(
                                "Does something about a record. Answers when this console has applied it; `counted` is false if it"
                                        + " changed nothing, as the second of two claims does.")
                        .to(this::one),
                Route.post("/streams/{stream}/events", ManyRequest.class)
                        .role(Role.AGENT)
                        .takes(STREAM)
                        .answers(ManyAnswer.class)
                        .problems(404, 503)
                        .doc("Does the same about many records, at most " + MAX_RECORDS + ".")
                        .to(this::many));
    }

    private Reply<?> one(Call<EventRequest> call) {
        EventRequest request = call.body();
        String stream = call.get(STREAM);
        if (services.records().find(stream, call.get(ID)).isEmpty()) {
            throw ProblemException.notFound("record", call.get(ID));
        }
        var event = event(call, request.id(), call.get(ID), request.type())
                .setComment(request.comment().orElse(null))
                .setCorrections(request.corrections().orElse(Map.of()))
                .build();
        Desk.Applied applied = services.desk().write(List.of(event)).get(0);
        return Reply.of(new EventAnswer(applied.counted(), applied.desk()));
    }

    private Reply<?> many(Call<ManyRequest> call) {
        ManyRequest request = call.body();
        List<DeskEvent> events = records(call).stream()
                .map(record -> event(call, derived(request.id(), record), record, request.type())
                        .setComment(request.comment().orElse(null))
                        .setCorrections(request.corrections().orElse(Map.of()))
                        .build())
                .toList();
        return Reply.of(new ManyAnswer(services.desk().write(events).stream()
                .map(each -> new Result(each.record(), each.counted(), each.desk()))
                .toList()));
    }

    private Set<String> records(Call<ManyRequest> call) {
        return call.body().records().<Set<String>>map(LinkedHashSet::new).orElseGet(() -> {
            var ids = new LinkedHashSet<String>();
            Optional<String> after = Optional.empty();
            do {
                var page = services.records().search(query(call, after));
                if (page.total() > MAX_RECORDS) {
                    throw ProblemException.of(
                            400, "query: meets " + page.total() + " records, allowed are " + MAX_RECORDS);
                }
                page.items().stream().map(RecordSummary::id).forEach(ids::add);
                after = page.next();
            } while (after.isPresent());
            return ids;
        });
    }

    private RecordQuery query(Call<ManyRequest> call, Optional<String> after) {
        Chosen chosen = call.body().query().orElseThrow();
        return new RecordQuery(
                call.get(STREAM),
                chosen.type().orElse(Set.of()),
                chosen.text().orElse(""),
                chosen.facets().orElse(Map.of()),
                chosen.status().orElse(Set.of()),
                chosen.holder()
                        .map(holder -> holder.equals("me") ? call.caller().name() : holder),
                chosen.from(),
                chosen.to(),
                RecordQuery.Sort.OLDEST,
                false,
                after,
                RecordQuery.MAX_LIMIT);
    }

    private DeskEvent.Builder event(Call<?> call, String id, String record, EventType type) {
        return DeskEvent.newBuilder()
                .setId(id)
                .setRecord(record)
                .setStream(call.get(STREAM))
                .setType(DeskEventType.valueOf(type.name()))
                .setWho(call.caller().name())
                .setChannel(CHANNEL)
                .setAt(clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    /** The same for the same request and record, so that a request that is sent again counts once. */
    static String derived(String id, String record) {
        try {
            byte[] both = (id + "\n" + record).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(both));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java has SHA-256", e);
        }
    }
}

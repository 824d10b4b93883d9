package dev.vorrang.console.web;

import dev.vorrang.console.api.Call;
import dev.vorrang.console.api.Kinds;
import dev.vorrang.console.api.Param;
import dev.vorrang.console.view.DeskView;
import dev.vorrang.console.view.RecordQuery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Parameters that choose records, and the query that they make. */
final class RecordParams {

    static final int MAX_TEXT = 1_000;
    static final int MAX_NAME = 500;
    private static final int STANDARD_LIMIT = 50;
    private static final String ME = "me";

    static final Param<String> STREAM = Param.path("stream", Kinds.text(MAX_NAME), "Name of a stream, such as `mail`.");
    static final Param<String> ID = Param.path("id", Kinds.text(MAX_NAME), "Id of a record.");
    static final Param<Optional<String>> AFTER =
            Param.query("after", Kinds.text(MAX_TEXT), "Where the page before ended: its `next`.");
    static final Param<Integer> LIMIT =
            Param.query("limit", Kinds.integer(1, RecordQuery.MAX_LIMIT), STANDARD_LIMIT, "Most entries of the page.");

    private static final Param<String> TEXT =
            Param.query("text", Kinds.text(MAX_TEXT), "", "Words that must be found.");
    private static final Param<Set<String>> TYPE = Param.query(
            "type",
            Kinds.many(Kinds.text(MAX_NAME)),
            Set.of(),
            "Types of records, such as `MailScore`; the stream's first if none is given.");
    private static final Param<Set<DeskView.Status>> STATUS =
            Param.query("status", Kinds.many(Kinds.oneOf(DeskView.Status.class)), Set.of(), "Where they stand.");
    private static final Param<Optional<String>> HOLDER =
            Param.query("holder", Kinds.text(MAX_NAME), "Who holds them; `me` is the caller.");
    private static final Param<Optional<Instant>> FROM =
            Param.query("from", Kinds.time(), "Earliest time of a record.");
    private static final Param<Optional<Instant>> TO = Param.query("to", Kinds.time(), "Time of a record, exclusive.");
    private static final Param<RecordQuery.Sort> SORT =
            Param.query("sort", Kinds.oneOf(RecordQuery.Sort.class), RecordQuery.Sort.PRIORITY, "Order.");
    private static final Param<Boolean> FOLD =
            Param.query("fold", Kinds.flag(), false, "Whether similar records are one entry.");
    private static final Param<Map<String, Set<String>>> FACETS = Param.facets(
            "Filters by facet, such as `f.queue=billing`; a value that starts with `!` must not be there.");

    /** All that choose records of a stream. */
    static final List<Param<?>> QUERY =
            List.of(STREAM, TEXT, TYPE, STATUS, HOLDER, FACETS, FROM, TO, SORT, FOLD, LIMIT, AFTER);

    private RecordParams() {}

    /** The query of a route that declares {@link #QUERY}. */
    static RecordQuery query(Call<?> call) {
        return new RecordQuery(
                call.get(STREAM),
                call.get(TYPE),
                call.get(TEXT),
                call.get(FACETS),
                call.get(STATUS),
                call.get(HOLDER).map(holder -> holder.equals(ME) ? call.caller().name() : holder),
                call.get(FROM),
                call.get(TO),
                call.get(SORT),
                call.get(FOLD),
                call.get(AFTER),
                call.get(LIMIT));
    }
}

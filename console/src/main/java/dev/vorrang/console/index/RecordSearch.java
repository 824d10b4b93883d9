package dev.vorrang.console.index;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.vorrang.console.view.RecordDetail;
import dev.vorrang.console.view.RecordPage;
import dev.vorrang.console.view.RecordQuery;
import dev.vorrang.console.view.RecordSummary;
import dev.vorrang.schemas.serde.AvroJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;

/** Answers what people ask for. Thread-safe. */
final class RecordSearch {

    private static final int MAX_THREAD = 100;
    private static final int MAX_SIMILAR = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SearchQueries queries;
    private final RecordDocuments documents;
    private final Matches.Cache filters = new Matches.Cache();
    private final FacetValues.Cache values = new FacetValues.Cache();

    RecordSearch(List<BoundFeed<?, ?>> feeds, RecordDocuments documents) {
        this.queries = new SearchQueries(feeds);
        this.documents = documents;
    }

    /** @throws IllegalArgumentException if stream, type, filter or cursor is not known */
    RecordPage page(IndexSearcher searcher, RecordQuery asked) throws IOException {
        var finder = new Matches.Finder(searcher, filters);
        Matches matches = finder.find(queries.query(asked, Optional.empty()));
        Query query = matches.query();
        PageOrder order = PageOrder.of(asked.sort());
        Optional<FieldDoc> after = asked.after()
                .map(cursor -> order.place(cursor, searcher.getIndexReader().maxDoc()));
        var groups = new Groups(searcher, query);
        List<ScoreDoc> found = asked.fold()
                ? groups.leaders(asked.stream(), order, after, asked.limit() + 1)
                : List.of(searcher.searchAfter(after.orElse(null), query, asked.limit() + 1, order.sort()).scoreDocs);
        boolean more = found.size() > asked.limit();
        List<ScoreDoc> shown = more ? found.subList(0, asked.limit()) : found;
        var items = new ArrayList<RecordSummary>();
        for (ScoreDoc each : shown) {
            items.add(groups.withFigures(groups.summary(each.doc)));
        }
        return new RecordPage(
                matches.total(),
                items,
                facets(searcher, finder, asked, matches),
                more ? Optional.of(order.cursor(shown.get(shown.size() - 1))) : Optional.empty());
    }

    private Map<String, Map<String, Long>> facets(
            IndexSearcher searcher, Matches.Finder finder, RecordQuery asked, Matches matches) throws IOException {
        FacetCounts counts = FacetCounts.of(searcher, matches, values);
        var facets = new HashMap<String, Map<String, Long>>();
        for (String name : SearchQueries.counted(queries.feeds(asked))) {
            boolean filtered = name.equals(Fields.STATUS)
                    ? !asked.status().isEmpty()
                    : asked.filters().containsKey(name);
            if (filtered) {
                Matches others = finder.find(queries.query(asked, Optional.of(name)));
                facets.put(name, FacetCounts.of(searcher, others, values).of(name));
            } else {
                facets.put(name, counts.of(name));
            }
        }
        return facets;
    }

    /** All of a record; empty if it is not known, or only what people did about it. */
    Optional<RecordDetail> find(IndexSearcher searcher, RecordId id) throws IOException {
        Optional<StoredRecord> stored = RecordIndex.stored(searcher, id);
        if (stored.isEmpty() || stored.get().summary().isEmpty()) {
            return Optional.empty();
        }
        KnownRecord known = documents.known(id, stored.get());
        var scored = known.scored().orElseThrow();
        RecordSummary summary = RecordDocuments.summary(stored.get());
        Query all = SearchQueries.type(id.stream(), summary.type());
        Optional<JsonNode> source = scored.source().map(RecordSearch::json);
        boolean cut = source.filter(RecordSearch::cut).isPresent();
        return Optional.of(new RecordDetail(
                new Groups(searcher, all).withFigures(summary),
                json(scored.value()),
                source,
                cut,
                known.desk().details(),
                thread(searcher, summary),
                known.group().isEmpty()
                        ? List.of()
                        : similar(searcher, summary, known.group().get().name())));
    }

    /** The newest of the thread, and the record itself. */
    private static List<RecordSummary> thread(IndexSearcher searcher, RecordSummary of) throws IOException {
        var thread = new ArrayList<>(newest(searcher, SearchQueries.key(of.stream(), of.key()), MAX_THREAD));
        if (thread.stream().noneMatch(each -> isSame(each, of))) {
            if (thread.size() == MAX_THREAD) {
                thread.remove(thread.size() - 1);
            }
            thread.add(of);
        }
        thread.sort(Comparator.comparing(RecordDocuments::orderTime));
        return thread;
    }

    private static List<RecordSummary> similar(IndexSearcher searcher, RecordSummary of, String group)
            throws IOException {
        return newest(searcher, SearchQueries.group(of.stream(), group), MAX_SIMILAR + 1).stream()
                .filter(each -> !isSame(each, of))
                .limit(MAX_SIMILAR)
                .toList();
    }

    private static boolean isSame(RecordSummary one, RecordSummary other) {
        return one.stream().equals(other.stream()) && one.id().equals(other.id());
    }

    private static List<RecordSummary> newest(IndexSearcher searcher, Query query, int most) throws IOException {
        var found = new ArrayList<RecordSummary>();
        var groups = new Groups(searcher, query);
        for (ScoreDoc each : searcher.search(query, most, PageOrder.NEWEST.sort()).scoreDocs) {
            found.add(Groups.withoutFigures(groups.summary(each.doc)));
        }
        return found;
    }

    /** Cuts fields that are too long to be shown. @return whether there were any */
    private static boolean cut(JsonNode record) {
        boolean cut = false;
        for (var field : record.properties()) {
            if (field.getValue().isTextual() && field.getValue().textValue().length() > RecordDetail.MAX_FIELD_CHARS) {
                field.setValue(
                        TextNode.valueOf(field.getValue().textValue().substring(0, RecordDetail.MAX_FIELD_CHARS)));
                cut = true;
            }
        }
        return cut;
    }

    private static JsonNode json(IndexedRecord value) {
        try {
            return JSON.readTree(AvroJson.line(value));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("it was written as JSON", e);
        }
    }
}

package dev.vorrang.console.index;

import dev.vorrang.console.view.RecordSummary;
import dev.vorrang.console.view.RecordSummary.Fold;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;

/**
 * Groups of similar records among those that meet a query. A group stands where its first record in the order stands, its leader, on
 * whichever page that is; therefore pages need not know what the ones before have shown. For one answer.
 */
final class Groups {

    private static final Duration LAST = Duration.ofHours(1);

    private final IndexSearcher searcher;
    private final Query query;
    private final Map<String, Optional<Fold>> figures = new HashMap<>();
    private final Map<Integer, RecordSummary> summaries = new HashMap<>();

    Groups(IndexSearcher searcher, Query query) {
        this.searcher = searcher;
        this.query = query;
    }

    /**
     * The first of the records that are in no group or lead theirs.
     *
     * @param most so many at most
     */
    List<ScoreDoc> leaders(String stream, PageOrder order, Optional<FieldDoc> after, int most) throws IOException {
        var leaders = new ArrayList<ScoreDoc>();
        Set<String> seen = new HashSet<>();
        FieldDoc place = after.orElse(null);
        while (true) {
            ScoreDoc[] found = searcher.searchAfter(place, without(stream, seen), most, order.sort()).scoreDocs;
            for (ScoreDoc each : found) {
                Optional<String> group =
                        summary(each.doc).fold().map(Fold::group).filter(name -> !isAlone(stream, name));
                if (group.isEmpty() || seen.add(group.get()) && leads(stream, group.get(), order, each)) {
                    leaders.add(each);
                }
                if (leaders.size() == most) {
                    return leaders;
                }
            }
            if (found.length < most) {
                return leaders;
            }
            // The groups that were met are passed over, however many records they have.
            place = (FieldDoc) found[found.length - 1];
        }
    }

    private Query without(String stream, Set<String> groups) {
        if (groups.isEmpty()) {
            return query;
        }
        var others = new BooleanQuery.Builder().add(query, Occur.FILTER);
        groups.forEach(group -> others.add(SearchQueries.group(stream, group), Occur.MUST_NOT));
        return others.build();
    }

    private boolean isAlone(String stream, String group) {
        try {
            return searcher.getIndexReader().docFreq(new Term(Fields.GROUP, Fields.within(stream, group))) <= 1;
        } catch (IOException e) {
            throw new UncheckedIOException("group " + group, e);
        }
    }

    private boolean leads(String stream, String group, PageOrder order, ScoreDoc record) throws IOException {
        Query members = SearchQueries.both(SearchQueries.group(stream, group), query);
        return searcher.search(members, 1, order.sort()).scoreDocs[0].doc == record.doc;
    }

    /** The line of a document, with its group but without figures. */
    RecordSummary summary(int document) throws IOException {
        RecordSummary known = summaries.get(document);
        if (known == null) {
            var visitor = new StoredRecord.Visitor(true);
            searcher.storedFields().document(document, visitor);
            known = RecordDocuments.summary(visitor.record());
            summaries.put(document, known);
        }
        return known;
    }

    /** A record with the figures of its group; with none if no other record of it meets the query. */
    RecordSummary withFigures(RecordSummary record) throws IOException {
        if (record.fold().isEmpty()) {
            return record;
        }
        String group = record.fold().get().group();
        Optional<Fold> known = figures.get(group);
        if (known == null) {
            known = isAlone(record.stream(), group) ? Optional.empty() : count(record.stream(), group);
            figures.put(group, known);
        }
        return record.with(known);
    }

    static RecordSummary withoutFigures(RecordSummary record) {
        return record.with(Optional.empty());
    }

    private Optional<Fold> count(String stream, String group) throws IOException {
        Query members = SearchQueries.both(SearchQueries.group(stream, group), query);
        int count = searcher.count(members);
        if (count <= 1) {
            return Optional.empty();
        }
        ScoreDoc newest = searcher.search(members, 1, PageOrder.NEWEST.sort()).scoreDocs[0];
        var time = Instant.ofEpochMilli((Long) ((FieldDoc) newest).fields[0]);
        int last = searcher.count(
                SearchQueries.both(members, SearchQueries.time(Optional.of(time.minus(LAST)), Optional.empty())));
        return Optional.of(new Fold(group, count, last, time));
    }
}

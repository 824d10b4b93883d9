package dev.vorrang.console.index;

import dev.vorrang.console.view.RecordQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.AutomatonQuery;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Operations;

/** Makes queries of what people ask for. Thread-safe. */
final class SearchQueries {

    /** A filter of every stream: the group of similar records. */
    private static final String GROUP = "group";

    private static final String NOT = "!";
    private static final Set<String> SHARED = Set.of(Fields.STATUS, Fields.HOLDER, Fields.CORRECTED);
    private static final int MAX_WORDS = 50;
    /** Shorter words must be found as they are: with what may follow them they would be half of the dictionary. */
    private static final int MIN_PREFIX_CHARS = 3;
    /** Reads the documents of one term after the other, for all are wanted; the default merges those of common terms lazily. */
    private static final MultiTermQuery.RewriteMethod ALL_AT_ONCE = MultiTermQuery.CONSTANT_SCORE_REWRITE;

    private final List<BoundFeed<?, ?>> feeds;
    private final TextAnalyzer analyzer = new TextAnalyzer();

    SearchQueries(List<BoundFeed<?, ?>> feeds) {
        this.feeds = List.copyOf(feeds);
    }

    /** Feeds whose records are asked for. */
    List<BoundFeed<?, ?>> feeds(RecordQuery asked) {
        List<BoundFeed<?, ?>> ofStream = feeds.stream()
                .filter(each -> each.stream().equals(asked.stream()))
                .toList();
        if (ofStream.isEmpty()) {
            throw unknown(
                    "stream",
                    asked.stream(),
                    feeds.stream().map(BoundFeed::stream).distinct().toList());
        }
        if (asked.types().isEmpty()) {
            return ofStream.subList(0, 1);
        }
        List<String> types = ofStream.stream().map(BoundFeed::type).toList();
        for (String type : asked.types()) {
            if (!types.contains(type)) {
                throw unknown("type", type, types);
            }
        }
        return ofStream.stream()
                .filter(each -> asked.types().contains(each.type()))
                .toList();
    }

    /** Facets of these feeds whose values are counted, those of all records among them. */
    static Set<String> counted(List<BoundFeed<?, ?>> feeds) {
        var names = new LinkedHashSet<>(List.of(Fields.STATUS, Fields.CORRECTED));
        feeds.forEach(feed ->
                feed.facets().stream().filter(RecordFeed.Facet::counted).forEach(facet -> names.add(facet.name())));
        return names;
    }

    /**
     * Records that are asked for.
     *
     * @param except facet whose filter does not count; empty if all do
     * @throws IllegalArgumentException if stream, type or facet is not known
     */
    BooleanQuery query(RecordQuery asked, Optional<String> except) {
        List<BoundFeed<?, ?>> those = feeds(asked);
        var query = new BooleanQuery.Builder();
        query.add(
                anyOf(
                        Fields.TYPE,
                        those.stream()
                                .map(each -> Fields.within(each.stream(), each.type()))
                                .toList()),
                Occur.FILTER);
        if (!asked.status().isEmpty() && !except.equals(Optional.of(Fields.STATUS))) {
            query.add(
                    anyOf(
                            Fields.FACET,
                            asked.status().stream()
                                    .map(each -> Fields.facet(Fields.STATUS, each.name()))
                                    .toList()),
                    Occur.FILTER);
        }
        asked.holder()
                .ifPresent(holder -> query.add(term(Fields.FACET, Fields.facet(Fields.HOLDER, holder)), Occur.FILTER));
        if (asked.from().isPresent() || asked.to().isPresent()) {
            query.add(time(asked.from(), asked.to()), Occur.FILTER);
        }
        addFilters(query, asked, those, except);
        addWords(query, asked.text());
        return query.build();
    }

    private void addFilters(
            BooleanQuery.Builder query, RecordQuery asked, List<BoundFeed<?, ?>> those, Optional<String> except) {
        Set<String> known = new HashSet<>(SHARED);
        known.add(GROUP);
        those.forEach(feed -> feed.facets().forEach(facet -> known.add(facet.name())));
        for (Map.Entry<String, Set<String>> filter : asked.filters().entrySet()) {
            String name = filter.getKey();
            if (!known.contains(name)) {
                throw unknown("filter", name, known.stream().sorted().toList());
            }
            if (except.equals(Optional.of(name))) {
                continue;
            }
            var wanted = new ArrayList<String>();
            for (String value : filter.getValue()) {
                if (value.startsWith(NOT)) {
                    String term = term(asked.stream(), name, value.substring(NOT.length()));
                    query.add(term(field(name), term), Occur.MUST_NOT);
                } else {
                    wanted.add(term(asked.stream(), name, value));
                }
            }
            if (filter.getValue().contains(RecordQuery.ANY)) {
                query.add(new PrefixQuery(new Term(field(name), term(asked.stream(), name, ""))), Occur.FILTER);
            } else if (!wanted.isEmpty()) {
                query.add(anyOf(field(name), wanted), Occur.FILTER);
            }
        }
    }

    private static String field(String filter) {
        return filter.equals(GROUP) ? Fields.GROUP : Fields.FACET;
    }

    private static String term(String stream, String filter, String value) {
        return filter.equals(GROUP) ? Fields.within(stream, value) : Fields.facet(filter, value);
    }

    /**
     * Each word must be there, long ones perhaps in another form or as the beginning of a longer word. There is no syntax, so that no text
     * is wrong.
     */
    private void addWords(BooleanQuery.Builder query, String text) {
        if (text.isBlank()) {
            return;
        }
        List<String> words =
                analyzer.words(text).stream().distinct().limit(MAX_WORDS).toList();
        if (words.isEmpty()) {
            query.add(new MatchNoDocsQuery("no word in the text"), Occur.FILTER);
        }
        words.forEach(word -> query.add(word(word), Occur.FILTER));
    }

    private static Query word(String word) {
        var term = new Term(Fields.TEXT, word);
        if (word.codePointCount(0, word.length()) < MIN_PREFIX_CHARS) {
            return new TermQuery(term);
        }
        List<BytesRef> forms = WordForms.of(word).stream()
                .filter(form -> !form.startsWith(word))
                .map(BytesRef::new)
                .sorted()
                .toList();
        if (forms.isEmpty()) {
            return new PrefixQuery(term, ALL_AT_ONCE);
        }
        // One pass over the terms: a query for each would count common words twice.
        var either = Operations.union(PrefixQuery.toAutomaton(term.bytes()), Automata.makeBinaryStringUnion(forms));
        return new AutomatonQuery(term, either, Operations.DEFAULT_DETERMINIZE_WORK_LIMIT, true, ALL_AT_ONCE);
    }

    static Query time(Optional<Instant> from, Optional<Instant> to) {
        long first = from.map(Fields::millis).orElse(Long.MIN_VALUE);
        long end = to.map(Fields::millis).orElse(Long.MAX_VALUE);
        return end == Long.MIN_VALUE
                ? new MatchNoDocsQuery("before all time")
                : LongPoint.newRangeQuery(Fields.TIME, first, to.isPresent() ? end - 1 : end);
    }

    static Query type(String stream, String type) {
        return term(Fields.TYPE, Fields.within(stream, type));
    }

    static Query group(String stream, String group) {
        return term(Fields.GROUP, Fields.within(stream, group));
    }

    static Query key(String stream, String key) {
        return term(Fields.KEY, Fields.within(stream, key));
    }

    static Query both(Query one, Query other) {
        return new BooleanQuery.Builder()
                .add(one, Occur.FILTER)
                .add(other, Occur.FILTER)
                .build();
    }

    private static Query term(String field, String term) {
        return new TermQuery(new Term(field, term));
    }

    private static Query anyOf(String field, List<String> terms) {
        return terms.size() == 1
                ? term(field, terms.get(0))
                : new TermInSetQuery(field, terms.stream().map(BytesRef::new).collect(Collectors.toList()));
    }

    private static IllegalArgumentException unknown(String field, String value, List<String> allowed) {
        return new IllegalArgumentException(
                field + " '" + value + "': allowed are " + allowed.stream().collect(Collectors.joining(", ")));
    }
}

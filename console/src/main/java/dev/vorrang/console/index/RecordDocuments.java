package dev.vorrang.console.index;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.vorrang.console.view.RecordDetail;
import dev.vorrang.console.view.RecordSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;

/** Makes documents of records, and records of documents. Thread-safe. */
final class RecordDocuments {

    /** Grows when the documents of the same records change. */
    private static final int VERSION = 2;
    /** Characters of a text that are searched. */
    private static final int MAX_TEXT_CHARS = RecordDetail.MAX_FIELD_CHARS;

    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModules(new Jdk8Module(), new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    private static final FieldType WORDS = words();

    private final Map<String, BoundFeed<?, ?>> feeds;
    private final String format;

    RecordDocuments(List<BoundFeed<?, ?>> feeds) {
        this.feeds = feeds.stream()
                .collect(Collectors.toUnmodifiableMap(
                        each -> Fields.within(each.stream(), each.type()), Function.identity()));
        this.format = VERSION + "; " + DeskHistory.format() + "; "
                + feeds.stream().map(BoundFeed::format).sorted().collect(Collectors.joining("; "));
    }

    private static FieldType words() {
        var type = new FieldType();
        type.setIndexOptions(IndexOptions.DOCS);
        type.setOmitNorms(true);
        type.setTokenized(true);
        type.freeze();
        return type;
    }

    /** What must be the same for documents to be used; what is different is built anew. */
    String format() {
        return format;
    }

    /** @param entry of the record; empty if it is not scored yet */
    Document document(KnownRecord known, Optional<IndexEntry> entry) {
        var document = new Document();
        document.add(new StringField(Fields.ID, known.id().term(), Field.Store.NO));
        entry.ifPresent(shown -> {
            var score = known.scored().orElseThrow();
            RecordSummary summary = summary(known, shown);
            addTerms(document, known, score.feed(), summary);
            addOrder(document, known.id(), summary);
            addWords(document, shown.text());
            document.add(new StoredField(Fields.SUMMARY, json(summary)));
        });
        // In the order in which they are read: a list needs no more than the summary.
        if (!known.desk().isEmpty()) {
            document.add(new StoredField(Fields.DESK, known.desk().bytes()));
        }
        known.scored().ifPresent(score -> {
            document.add(new StoredField(Fields.TYPE, score.feed().type()));
            known.group()
                    .flatMap(SimilarRecords.Membership::founder)
                    .ifPresent(founder -> document.add(new StoredField(Fields.FOUNDER, founder)));
            document.add(new StoredField(Fields.SCORE, score.bytes()));
            score.sourceBytes().ifPresent(source -> document.add(new StoredField(Fields.SOURCE, source)));
        });
        return document;
    }

    /** A record as a line of a list, without its group's figures. */
    RecordSummary summary(KnownRecord known, IndexEntry entry) {
        var feed = known.scored().orElseThrow().feed();
        var facets = new HashMap<String, List<String>>();
        for (RecordFeed.Facet facet : feed.facets()) {
            List<String> values = entry.facets().getOrDefault(facet.name(), List.of());
            if (!values.isEmpty()) {
                facets.put(facet.name(), List.copyOf(values));
            }
        }
        Map<String, String> corrections = known.desk().corrections();
        if (!corrections.isEmpty()) {
            facets.put(Fields.CORRECTED, corrections.keySet().stream().sorted().toList());
        }
        return new RecordSummary(
                known.id().stream(),
                known.id().id(),
                feed.type(),
                entry.title(),
                entry.severity(),
                entry.rank(),
                entry.time(),
                entry.scoredAt(),
                entry.key(),
                entry.reasons(),
                entry.details(),
                facets,
                known.desk().view(),
                known.group().map(group -> new RecordSummary.Fold(group.name(), 1, 1, entry.time())));
    }

    private static void addTerms(Document document, KnownRecord known, BoundFeed<?, ?> feed, RecordSummary summary) {
        String stream = known.id().stream();
        addTerm(document, Fields.TYPE, Fields.within(stream, feed.type()));
        addTerm(document, Fields.KEY, Fields.within(stream, summary.key()));
        known.group().ifPresent(group -> addTerm(document, Fields.GROUP, Fields.within(stream, group.name())));
        known.group()
                .flatMap(SimilarRecords.Membership::founder)
                .ifPresent(founder -> document.add(new BinaryDocValuesField(Fields.FOUNDER, new BytesRef(founder))));
        addFacet(document, Fields.STATUS, summary.desk().status().name(), true);
        summary.desk().holder().ifPresent(holder -> addFacet(document, Fields.HOLDER, holder, false));
        summary.facets()
                .getOrDefault(Fields.CORRECTED, List.of())
                .forEach(field -> addFacet(document, Fields.CORRECTED, field, true));
        for (RecordFeed.Facet facet : feed.facets()) {
            summary.facets()
                    .getOrDefault(facet.name(), List.of())
                    .forEach(value -> addFacet(document, facet.name(), value, facet.counted()));
        }
    }

    private static void addFacet(Document document, String name, String value, boolean counted) {
        String term = Fields.facet(name, value);
        addTerm(document, Fields.FACET, term);
        if (counted) {
            document.add(new SortedSetDocValuesField(Fields.COUNTED, new BytesRef(term)));
        }
    }

    private static void addTerm(Document document, String field, String term) {
        document.add(new StringField(field, term, Field.Store.NO));
    }

    private static void addOrder(Document document, RecordId id, RecordSummary summary) {
        addNumber(document, Fields.PRIORITY, Fields.priority(summary.severity(), summary.rank()));
        addNumber(document, Fields.TIME, Fields.millis(orderTime(summary)));
        document.add(new NumericDocValuesField(Fields.TIE, Fields.tie(id)));
    }

    /** A record cannot tell of what came after it was scored: then its clock was wrong, and would keep it first for long. */
    static Instant orderTime(RecordSummary summary) {
        return summary.time().isAfter(summary.scoredAt()) ? summary.scoredAt() : summary.time();
    }

    /** The point lets a search skip what comes behind its page. */
    private static void addNumber(Document document, String field, long value) {
        document.add(new LongPoint(field, value));
        document.add(new NumericDocValuesField(field, value));
    }

    private static void addWords(Document document, List<String> texts) {
        int left = MAX_TEXT_CHARS;
        for (String text : texts) {
            String searched = text.length() <= left ? text : text.substring(0, left);
            left -= searched.length();
            document.add(new Field(Fields.TEXT, TextAnalyzer.prepare(searched), WORDS));
        }
    }

    private static String json(RecordSummary summary) {
        try {
            return JSON.writeValueAsString(summary);
        } catch (IOException e) {
            throw new UncheckedIOException("a summary can be written", e);
        }
    }

    /** @throws UncheckedIOException if the document is damaged */
    static RecordSummary summary(StoredRecord stored) {
        try {
            return JSON.readValue(stored.summary().orElseThrow(), RecordSummary.class);
        } catch (IOException e) {
            throw new UncheckedIOException("a damaged summary in the index", e);
        }
    }

    /** @throws RuntimeException if the document is damaged */
    KnownRecord known(RecordId id, StoredRecord stored) {
        DeskHistory desk = stored.desk().map(DeskHistory::of).orElse(DeskHistory.NONE);
        if (stored.score().isEmpty()) {
            return new KnownRecord(id, Optional.empty(), Optional.empty(), desk);
        }
        BoundFeed<?, ?> feed =
                feeds.get(Fields.within(id.stream(), stored.type().orElseThrow()));
        return new KnownRecord(
                id,
                Optional.of(feed.read(id.id(), stored.score().get(), stored.source())),
                summary(stored).fold().map(fold -> new SimilarRecords.Membership(fold.group(), stored.founder())),
                desk);
    }
}

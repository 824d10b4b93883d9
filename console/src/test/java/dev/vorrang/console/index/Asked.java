package dev.vorrang.console.index;

import dev.vorrang.console.view.DeskView;
import dev.vorrang.console.view.RecordQuery;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes queries. */
final class Asked {

    private String text = "";
    private final Map<String, Set<String>> filters = new HashMap<>();
    private final Set<DeskView.Status> status = new HashSet<>();
    private RecordQuery.Sort sort = RecordQuery.Sort.PRIORITY;
    private boolean fold;
    private Optional<String> after = Optional.empty();
    private int limit = 50;

    private Asked() {}

    static Asked mails() {
        return new Asked();
    }

    Asked text(String words) {
        text = words;
        return this;
    }

    Asked filter(String facet, String... values) {
        filters.put(facet, Set.of(values));
        return this;
    }

    Asked status(DeskView.Status... any) {
        status.addAll(Set.of(any));
        return this;
    }

    Asked sort(RecordQuery.Sort order) {
        sort = order;
        return this;
    }

    Asked fold() {
        fold = true;
        return this;
    }

    Asked after(Optional<String> cursor) {
        after = cursor;
        return this;
    }

    Asked limit(int most) {
        limit = most;
        return this;
    }

    RecordQuery query() {
        return new RecordQuery(
                "mail",
                Set.of(),
                text,
                filters,
                status,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                sort,
                fold,
                after,
                limit);
    }
}

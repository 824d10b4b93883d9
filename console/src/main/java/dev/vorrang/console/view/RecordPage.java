package dev.vorrang.console.view;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A page of records.
 *
 * @param total records that meet the query
 * @param items of the page, in order
 * @param facets by facet and value how many records meet the query, the filter of that facet aside
 * @param next where the next page begins; empty if there is none
 */
public record RecordPage(
        long total, List<RecordSummary> items, Map<String, Map<String, Long>> facets, Optional<String> next) {

    public RecordPage {
        items = List.copyOf(items);
        facets = Map.copyOf(facets);
    }
}

package dev.vorrang.console.demand;

import dev.vorrang.console.index.IndexEntry;
import dev.vorrang.console.index.RecordFeed;
import dev.vorrang.schemas.DemandAlert;
import dev.vorrang.schemas.DemandObservation;
import dev.vorrang.schemas.SeriesKey;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.view.DemandAlertView;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Alerts; a change of an alert takes the place of the one before. Its time is when it began, and {@code scoredAt} the time of its last change.
 */
final class DemandAlertFeed implements RecordFeed<DemandAlert, DemandObservation> {

    /** Key of the series: item, or item@location. */
    static final String SERIES = "series";

    static final String STATE = "state";
    private static final String KIND = "kind";
    private static final String ITEM = "item";
    private static final String LOCATION = "location";

    private final Topics topics;
    private final DemandAlertView view = new DemandAlertView();

    DemandAlertFeed(Topics topics) {
        this.topics = topics;
    }

    @Override
    public Topic<DemandAlert> topic() {
        return topics.demandAlerts();
    }

    @Override
    public Optional<Source<DemandAlert, DemandObservation>> source() {
        return Optional.of(new Source<>(topics.demandObserved(), DemandAlert::getPosition));
    }

    @Override
    public List<Facet> facets() {
        return List.of(
                Facet.counted(KIND),
                Facet.counted(STATE),
                Facet.counted(LOCATION),
                Facet.uncounted(ITEM),
                Facet.uncounted(SERIES));
    }

    @Override
    public String id(DemandAlert alert) {
        return alert.getId();
    }

    @Override
    public IndexEntry entry(
            DemandAlert alert, Optional<DemandObservation> observation, Map<String, String> corrections) {
        String series = SeriesKey.of(alert.getItem(), alert.getLocation()).toString();
        return IndexEntry.ofAlert(
                view.headline(alert),
                alert.getPeak(),
                alert.getStart(),
                alert.getTime(),
                Map.of(
                        KIND,
                        List.of(alert.getKind().name()),
                        STATE,
                        List.of(alert.getState().name()),
                        ITEM,
                        List.of(alert.getItem()),
                        LOCATION,
                        alert.getLocation() == null ? List.of() : List.of(alert.getLocation()),
                        SERIES,
                        List.of(series)),
                List.of(DemandAlertView.name(alert.getKind())));
    }
}

package dev.vorrang.console.index;

import dev.vorrang.schemas.DeskEvent;
import java.util.Optional;

/**
 * All that the index knows of a record; what it shows is a pure function of it. Events may come before the record: then it has no score
 * yet, and is not shown. Immutable.
 *
 * @param group of similar records; empty if it is like no other
 */
record KnownRecord(
        RecordId id,
        Optional<BoundFeed.Scored<?, ?>> scored,
        Optional<SimilarRecords.Membership> group,
        DeskHistory desk) {

    static KnownRecord unknown(RecordId id) {
        return new KnownRecord(id, Optional.empty(), Optional.empty(), DeskHistory.NONE);
    }

    KnownRecord with(BoundFeed.Scored<?, ?> score, Optional<SimilarRecords.Membership> newGroup) {
        return new KnownRecord(id, Optional.of(score), newGroup, desk);
    }

    KnownRecord with(DeskEvent event) {
        return new KnownRecord(id, scored, group, desk.with(event));
    }

    Optional<IndexEntry> entry() {
        return scored.map(each -> each.entry(desk.corrections()));
    }
}

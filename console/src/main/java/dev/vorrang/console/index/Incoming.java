package dev.vorrang.console.index;

import dev.vorrang.schemas.DeskEvent;

/** What a topic brought. */
sealed interface Incoming {

    record Score(BoundFeed.Scored<?, ?> scored) implements Incoming {}

    record Desk(DeskEvent event) implements Incoming {}
}

package dev.vorrang.console.desk;

import dev.vorrang.console.view.DeskView;
import dev.vorrang.schemas.DeskEvent;
import java.util.List;

/** Takes what people do about records. Thread-safe. */
public interface Desk {

    /**
     * Writes events and waits until this console has applied them. An event whose id was written before counts once.
     *
     * @return for each event, in order, what became of it
     * @throws IllegalArgumentException if an event is not valid; the message names field, value and what is allowed
     * @throws NotWrittenException if the broker does not take them, or this console does not read them, in time
     */
    List<Applied> write(List<DeskEvent> events);

    /**
     * What became of an event.
     *
     * @param record id of the record
     * @param counted whether it changed anything
     * @param desk the record's state after it
     */
    record Applied(String record, boolean counted, DeskView desk) {}
}

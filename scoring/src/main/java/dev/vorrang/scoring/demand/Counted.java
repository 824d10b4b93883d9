package dev.vorrang.scoring.demand;

import dev.vorrang.schemas.DemandObservation;
import dev.vorrang.schemas.Topic;
import dev.vorrang.scoring.engine.Output;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Makes the order lines of what other streams tell. */
final class Counted {

    private Counted() {}

    /**
     * @param item an @ in it, which would stand before a location, is replaced
     * @param id of several lines of an item with the same one is counted
     */
    static Output<DemandObservation> of(
            Topic<DemandObservation> input, String item, String id, Instant time, double quantity, String source) {
        String name = item.replace('@', '_');
        return new Output<>(
                input,
                name.getBytes(StandardCharsets.UTF_8),
                DemandObservation.newBuilder()
                        .setId(id)
                        .setItem(name)
                        .setTime(time)
                        .setQuantity(quantity)
                        .setSource(source)
                        .build());
    }
}

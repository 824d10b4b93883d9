package dev.vorrang.ingest.reading;

import dev.vorrang.schemas.DemandKind;
import dev.vorrang.schemas.DemandObservation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Rows that are demand: order lines, or the totals of periods. Immutable. */
public final class OrderLines extends RowTarget {

    private final Fields fields;
    private final Set<String> texts;
    private final Set<String> numbers;

    /**
     * Names of the fields.
     *
     * @param quantity how much was ordered; a row without is a plan, if it has something that is known in advance
     * @param location where it was ordered; empty: items have one series
     * @param id what tells an order line from all others; empty: its place in the file, or topic, time and content
     * @param known what is known in advance of a period, such as a promotion
     * @param totals whether a row is the total of its period, and not an order line
     */
    public record Fields(
            String quantity, Optional<String> location, Optional<String> id, List<String> known, boolean totals) {

        public Fields {
            Objects.requireNonNull(quantity, "quantity");
            Objects.requireNonNull(location, "location");
            Objects.requireNonNull(id, "id");
            known = List.copyOf(known);
        }
    }

    public OrderLines(Fields fields) {
        this.fields = fields;
        this.texts = new HashSet<>();
        fields.location().ifPresent(texts::add);
        fields.id().ifPresent(texts::add);
        this.numbers = new HashSet<>(fields.known());
        numbers.add(fields.quantity());
    }

    @Override
    Set<String> texts() {
        return texts;
    }

    @Override
    Set<String> numbers() {
        return numbers;
    }

    @Override
    Set<String> required() {
        var required = new HashSet<>(texts);
        required.add(fields.quantity());
        return required;
    }

    @Override
    SensorNotes notes() {
        return SensorNotes.silent();
    }

    @Override
    Decoded of(Row row) throws BadPayloadException {
        String item = series(
                "item",
                row.name().or(row.origin()::machine).orElseThrow(() -> new BadPayloadException("item: is missing")));
        Optional<String> location = fields.location().map(row.texts()::get);
        if (fields.location().isPresent()) {
            location = Optional.of(series("location", location.orElse("")));
        }
        Map<String, Double> values = row.numbers().readable();
        Double quantity = values.get(fields.quantity());
        var known = new LinkedHashMap<String, Double>();
        for (String name : fields.known()) {
            if (values.get(name) != null) {
                known.put(name, values.get(name));
            }
        }
        if (quantity == null && known.isEmpty()) {
            throw new BadPayloadException("value of " + fields.quantity()
                    + ": is missing; allowed is a number, or one that is known in advance");
        }
        Instant receivedAt = row.origin().receivedAt().truncatedTo(ChronoUnit.MILLIS);
        Instant time = row.time().orElse(receivedAt).truncatedTo(ChronoUnit.MILLIS);
        String key = location.map(place -> item + "@" + place).orElse(item);
        return new Decoded.Observed(DemandObservation.newBuilder()
                .setId(id(row, key, time))
                .setItem(item)
                .setLocation(location.orElse(null))
                .setKind(kind(quantity))
                .setTime(time)
                .setQuantity(quantity)
                .setKnown(known)
                .setSource(row.origin().source())
                .setReceivedAt(receivedAt)
                .build());
    }

    private DemandKind kind(Double quantity) {
        if (quantity == null) {
            return DemandKind.PLAN;
        }
        return fields.totals() ? DemandKind.PERIOD_TOTAL : DemandKind.ORDER_LINE;
    }

    private String id(Row row, String key, Instant time) throws BadPayloadException {
        if (fields.id().isEmpty()) {
            return ReadingFactory.id(key, time, row.origin().source(), row.payload());
        }
        String id = row.texts().get(fields.id().get());
        if (id == null) {
            throw new BadPayloadException(
                    "'" + fields.id().get() + "': is missing; allowed is the id of the order line");
        }
        ReadingFactory.checkName("id", id);
        return id;
    }

    /** Item and location make up the key, with an @ between. */
    private static String series(String field, String name) throws BadPayloadException {
        ReadingFactory.checkName(field, name);
        if (name.indexOf('@') >= 0) {
            throw new BadPayloadException(
                    "name of " + field + " '" + BadPayloadException.shown(name) + "': no @ is allowed in it");
        }
        return name;
    }
}

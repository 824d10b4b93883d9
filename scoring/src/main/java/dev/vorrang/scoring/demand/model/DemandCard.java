package dev.vorrang.scoring.demand.model;

import dev.vorrang.schemas.ModelRef;
import dev.vorrang.scoring.model.CardCheck;
import dev.vorrang.scoring.model.ModelCard;
import dev.vorrang.scoring.model.ModelCards;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a model of the demand stream says of itself, kept as {@code assets.extra/model.json} beside the graph. One that exists is
 * complete and free of contradictions.
 *
 * @param name name of the model, letters, digits, dot, underscore and hyphen
 * @param version version of the model, the same characters
 * @param task {@link #FORECAST}
 * @param description a sentence for people
 * @param signature what the graph takes and gives
 * @param columns what the columns of the training data were called, so that files of the same kind need no naming; empty for the
 *     general model
 * @param frame how the periods of the training data count, and how far the model forecasts; empty for the general model, which
 *     forecasts periods of any kind
 * @param levels levels of the quantiles, rising, above 0 and below 1
 * @param known names of what is known in advance of each period, in order
 * @param nonNegative whether demand cannot be negative
 * @param typicalQuantity demand in a period of a typical item: the forecast of an item without history starts from it; above 0
 * @param training where the model comes from
 * @param figures what was measured
 * @param files SHA-256 (64 hex digits) of the graph and of each variables file, by path in the model's folder
 */
public record DemandCard(
        String name,
        String version,
        String task,
        String description,
        ModelCard.Signature signature,
        Optional<Columns> columns,
        Optional<Frame> frame,
        List<Double> levels,
        List<String> known,
        boolean nonNegative,
        double typicalQuantity,
        ModelCard.Training training,
        List<Figure> figures,
        Map<String, String> files)
        implements ModelCard {

    /** Forecasts the demand of items. */
    public static final String FORECAST = "demand-forecast";

    /** All tasks of demand models. */
    public static final Set<String> TASKS = Set.of(FORECAST);

    /**
     * Names of the columns of the training data.
     *
     * @param item names the item
     * @param time start or number of the period, or a time within it
     * @param quantity the demand
     */
    public record Columns(String item, String time, String quantity) {
        public Columns {
            CardCheck.present("columns.item", item);
            CardCheck.present("columns.time", time);
            CardCheck.present("columns.quantity", quantity);
        }
    }

    /**
     * How periods count.
     *
     * @param period {@code hour}, {@code day}, {@code week} or {@code step}
     * @param season periods after which demand tends to repeat itself, 1 or more
     * @param longSeason periods of a longer season, 0 if there is none
     * @param context periods that the model looks back at most
     * @param horizon periods that it forecasts
     */
    public record Frame(String period, int season, int longSeason, int context, int horizon) {
        public Frame {
            CardCheck.present("frame.period", period);
        }
    }

    /**
     * A measurement.
     *
     * @param data name of the set
     * @param part which part of it, {@code validation} where nothing was learnt from
     * @param measure what was measured, such as {@code WAPE}
     * @param rows forecasts measured
     * @param value what came out
     */
    public record Figure(String data, String part, String measure, int rows, double value) {}

    public DemandCard {
        CardCheck.identifier("name", name);
        CardCheck.identifier("version", version);
        CardCheck.that(FORECAST.equals(task), "task", task, "'" + FORECAST + "'");
        description = description == null ? "" : description;
        CardCheck.present("signature", signature);
        CardCheck.present("columns", columns);
        CardCheck.present("frame", frame);
        levels = List.copyOf(CardCheck.present("levels", levels));
        CardCheck.that(!levels.isEmpty() && rising(levels), "levels", levels, "rising, above 0 and below 1");
        known = List.copyOf(CardCheck.present("known", known));
        CardCheck.that(new HashSet<>(known).size() == known.size(), "known", known, "no name twice");
        CardCheck.that(typicalQuantity > 0 && typicalQuantity < 1e12, "typicalQuantity", typicalQuantity, "above 0");
        CardCheck.present("training", training);
        figures = figures == null ? List.of() : List.copyOf(figures);
        files = new TreeMap<>(CardCheck.present("files", files));
    }

    /** Name and version, as forecasts carry them. */
    public ModelRef reference() {
        return new ModelRef(name, version);
    }

    private static boolean rising(List<Double> levels) {
        double before = 0;
        for (double level : levels) {
            if (!(level > before && level < 1)) {
                return false;
            }
            before = level;
        }
        return true;
    }

    /**
     * Reads the card of a model without looking at its other files.
     *
     * @param folder folder of one version of a model
     * @throws dev.vorrang.scoring.model.ModelRefusedException if folder or card is missing, or the card is not valid
     */
    public static DemandCard read(Path folder) {
        return ModelCards.read(folder, DemandCard.class, TASKS);
    }
}

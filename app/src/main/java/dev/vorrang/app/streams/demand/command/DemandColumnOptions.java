package dev.vorrang.app.streams.demand.command;

import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.ingest.reading.CsvFormat;
import dev.vorrang.scoring.demand.model.DemandCard;
import dev.vorrang.scoring.demand.model.DemandFrame;
import dev.vorrang.scoring.demand.model.DemandPeriod;
import dev.vorrang.training.demand.DemandColumns;
import dev.vorrang.training.demand.Forecasting;
import dev.vorrang.training.demand.Gaps;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that tell what a file of demand is like, and how far to forecast. */
final class DemandColumnOptions {

    @Option(names = "--item", paramLabel = "COL", description = "Column of the item's name.")
    private Optional<String> item = Optional.empty();

    @Option(
            names = "--time",
            paramLabel = "COL",
            description = "Column of the time: ISO 8601, seconds or milliseconds since 1970, or a step number.")
    private Optional<String> time = Optional.empty();

    @Option(
            names = "--quantity",
            paramLabel = "COL",
            description = "Column of the quantity. Rows of one item and period are summed; returns are negative.")
    private Optional<String> quantity = Optional.empty();

    @Option(
            names = "--known",
            paramLabel = "COL",
            split = ",",
            description = "Columns of numbers known in advance, such as promotion and price.")
    private List<String> known = List.of();

    @Option(
            names = "--period",
            paramLabel = "PERIOD",
            description = "1h, 1d or 1w; or, for step numbers, how many make a period. Default: 1d, 1 for step numbers")
    private Optional<String> period = Optional.empty();

    @Option(
            names = "--season",
            paramLabel = "N",
            description =
                    "Periods after which demand tends to repeat itself. Default: 24 for 1h, 7 for 1d, 52 for 1w, 1 else")
    private Optional<Integer> season = Optional.empty();

    @Option(names = "--horizon", paramLabel = "N", description = "Periods to forecast. Default: as trained")
    private Optional<Integer> horizon = Optional.empty();

    @Option(
            names = "--gaps",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = {
                "What a period without a row of an item means: zero, unknown, or auto:",
                "zero in files of order lines, unknown in files that write zeros down. Default: ${DEFAULT-VALUE}"
            })
    private String gaps = "auto";

    @Option(
            names = "--time-zone",
            paramLabel = "ZONE",
            defaultValue = "UTC",
            description =
                    "Clock by which periods count, and zone of times without an offset. Default: ${DEFAULT-VALUE}")
    private String zone = "UTC";

    @Option(
            names = "--decimal",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "Decimal separator: " + CsvFormat.DECIMALS + ". Default: ${DEFAULT-VALUE}")
    private String decimal = "auto";

    /**
     * The columns of a file that a model is trained from.
     *
     * @param file whose times tell whether they are step numbers
     */
    DemandColumns toTrain(Path file) {
        return columns(
                required("--item", item),
                required("--time", time),
                required("--quantity", quantity),
                known,
                file,
                null);
    }

    /** The columns of a file that a model forecasts; what is not named is called as in its training. */
    DemandColumns asIn(DemandCard card, Path file) {
        Optional<DemandCard.Columns> trained = card.columns();
        if (!known.isEmpty() && known.size() != card.known().size()) {
            throw CommandFailedException.wrongUsage(
                    "--known " + known + ": the model " + card.name() + " expects " + card.known());
        }
        return columns(
                required("--item", item.or(() -> trained.map(DemandCard.Columns::item))),
                required("--time", time.or(() -> trained.map(DemandCard.Columns::time))),
                required("--quantity", quantity.or(() -> trained.map(DemandCard.Columns::quantity))),
                known.isEmpty() ? card.known() : known,
                file,
                card.frame().map(DemandFrame::of).map(DemandFrame::period).orElse(null));
    }

    private static String required(String option, Optional<String> column) {
        return column.orElseThrow(() -> CommandFailedException.wrongUsage(option + ": name the column"));
    }

    private DemandColumns columns(
            String itemColumn,
            String timeColumn,
            String quantityColumn,
            List<String> knownColumns,
            Path file,
            DemandPeriod trained) {
        DemandPeriod chosen = Forecasting.hasSteps(file, timeColumn) ? DemandPeriod.STEP : period(trained);
        try {
            return new DemandColumns(
                    itemColumn,
                    timeColumn,
                    quantityColumn,
                    knownColumns,
                    chosen,
                    stepSize(),
                    zone(),
                    CsvFormat.of("auto", decimal),
                    gaps());
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.wrongUsage(e.getMessage());
        }
    }

    private DemandPeriod period(DemandPeriod trained) {
        return period.map(text -> DemandPeriod.of(text)
                        .orElseThrow(() -> CommandFailedException.wrongUsage(
                                "--period '" + text + "': allowed are 1h, 1d, 1w, or a number of steps from 1")))
                .orElse(trained == null ? DemandPeriod.DAY : trained);
    }

    private long stepSize() {
        return period.map(String::strip)
                .filter(text -> text.matches("[1-9]\\d{0,8}"))
                .map(Long::parseLong)
                .orElse(1L);
    }

    /** The frame of a model that is trained. */
    DemandFrame frame(DemandColumns columns) {
        int wanted = horizon.orElseThrow(
                () -> CommandFailedException.wrongUsage("--horizon: name the number of periods to forecast"));
        return frame(columns, wanted);
    }

    /** The frame of a model that forecasts: its own, with a shorter horizon if one is named; the general model's as named. */
    DemandFrame frame(DemandCard card, DemandColumns columns, boolean rolling) {
        Optional<DemandFrame> trained = card.frame().map(DemandFrame::of);
        try {
            return trained.map(own -> horizon.map(own::withHorizon).orElse(own))
                    .orElseGet(() -> rolling && horizon.isEmpty() ? frame(columns, 1) : frame(columns));
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.wrongUsage("--horizon: " + e.getMessage());
        }
    }

    private DemandFrame frame(DemandColumns columns, int wanted) {
        try {
            return DemandFrame.of(columns.period(), season.orElse(season(columns)), wanted);
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.wrongUsage("--season or --horizon: " + e.getMessage());
        }
    }

    /** Steps have the season of the period that they are said to be. */
    private int season(DemandColumns columns) {
        return period.flatMap(DemandPeriod::of).orElse(columns.period()).season();
    }

    private ZoneId zone() {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw CommandFailedException.wrongUsage(
                    "--time-zone '" + zone + "': allowed is a time zone, such as Europe/Berlin");
        }
    }

    private Gaps gaps() {
        try {
            return Gaps.valueOf(gaps.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.wrongUsage("--gaps '" + gaps + "': allowed are auto, zero and unknown");
        }
    }
}

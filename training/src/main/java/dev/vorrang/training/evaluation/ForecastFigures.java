package dev.vorrang.training.evaluation;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How good forecasts of many items are.
 *
 * @param forecasts periods that were forecast, over all items
 * @param items items with a forecast
 * @param wape absolute errors of the mean over the demand, both summed over all items
 * @param medianWape the same of the median
 * @param rmsse mean of {@link ForecastErrors#rmsse} over the items that have one
 * @param mase mean of {@link ForecastErrors#mase} over the items that have one
 * @param smape mean of {@link ForecastErrors#smape} over the items
 * @param quantileLoss twice the pinball loss, mean over the levels, over the demand, both summed over all items
 * @param coverage share of the periods whose demand lay in the interval from 0.1 to 0.9
 */
public record ForecastFigures(
        int forecasts,
        int items,
        double wape,
        double medianWape,
        double rmsse,
        double mase,
        double smape,
        double quantileLoss,
        double coverage) {

    public static ForecastFigures of(List<ForecastErrors> all) {
        List<ForecastErrors> errors =
                all.stream().filter(each -> each.count() > 0).toList();
        double actual = sum(errors, ForecastErrors::actual);
        int forecasts = errors.stream().mapToInt(ForecastErrors::count).sum();
        return new ForecastFigures(
                forecasts,
                errors.size(),
                sum(errors, ForecastErrors::ofMean) / actual,
                sum(errors, ForecastErrors::ofMedian) / actual,
                mean(errors, ForecastErrors::rmsse),
                mean(errors, ForecastErrors::mase),
                mean(errors, ForecastErrors::smape),
                sum(errors, ForecastErrors::pinball) / actual,
                sum(errors, ForecastErrors::covered) / forecasts);
    }

    /**
     * The overall weighted average of the M4 competition: sMAPE and MASE, each over that of Naive2, averaged.
     *
     * @param naive2 figures of that forecast on the same periods
     */
    public double owa(ForecastFigures naive2) {
        return (smape / naive2.smape + mase / naive2.mase) / 2;
    }

    private static double sum(List<ForecastErrors> errors, ToDoubleFunction<ForecastErrors> value) {
        return errors.stream().mapToDouble(value).sum();
    }

    private static double mean(List<ForecastErrors> errors, ToDoubleFunction<ForecastErrors> value) {
        return errors.stream()
                .mapToDouble(value)
                .filter(each -> !Double.isNaN(each))
                .average()
                .orElse(Double.NaN);
    }
}

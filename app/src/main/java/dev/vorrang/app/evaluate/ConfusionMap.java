package dev.vorrang.app.evaluate;

import dev.vorrang.app.evaluate.Outcome.Chart;
import dev.vorrang.training.evaluation.LabelFigures;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.style.HeatMapStyler;

/** A confusion matrix of more labels than a table has room for, as a drawing. */
public final class ConfusionMap {

    /** More labels than these would be too narrow to see. */
    public static final int MOST_LABELS = 200;

    /** Lowest share of a line for each shade but the first: confusions are rare, so the steps are finer at the bottom. */
    private static final double[] STEPS = {0.02, 0.05, 0.15, 0.5};
    /** Places to be filled by the style sheet, as those of {@link Drawing}. */
    private static final Color[] SHADES = {
        new Color(224, 236, 255),
        new Color(186, 212, 253),
        new Color(125, 170, 247),
        new Color(74, 123, 232),
        Drawing.SIGNAL
    };

    /** The names of more columns would be too small to read. */
    private static final int MOST_NAMED_COLUMNS = 100;

    private static final int WIDTH = 960;
    private static final int LEAST_HEIGHT = 420;
    private static final int MARGIN = 170;
    private static final int LINE = 10;

    private ConfusionMap() {}

    /** Labels that occur or are told, in the order of the figures. */
    public static int[] seen(LabelFigures figures) {
        return IntStream.range(0, figures.labels().size())
                .filter(label -> figures.occurs(label) + figures.told(label) > 0)
                .toArray();
    }

    public static Chart of(LabelFigures figures) {
        int[] seen = seen(figures);
        List<String> names = IntStream.of(seen)
                .mapToObj(label -> Excerpt.of(figures.labels().get(label), 24))
                .toList();
        HeatMapChart chart = new HeatMapChartBuilder()
                .width(WIDTH)
                .height(Math.max(LEAST_HEIGHT, MARGIN + LINE * seen.length))
                .xAxisTitle("told")
                .yAxisTitle("true")
                .build();
        dress(chart.getStyler(), seen.length);
        var upwards = new ArrayList<>(names);
        Collections.reverse(upwards);
        chart.addSeries("share", names, upwards, cells(figures, seen)).setMin(0).setMax(SHADES.length);
        return new Chart(
                "Confusion",
                "A line for each true label, from the top, and a column for each that was told, in the same order: the diagonal is"
                        + " right. The five shades are up to 2, 5, 15 and 50 % of the line, and more; where there is no shade,"
                        + " nothing was confused.",
                Drawing.svg(chart));
    }

    private static void dress(HeatMapStyler style, int labels) {
        Drawing.dress(style);
        style.setLegendVisible(false);
        style.setPiecewise(true).setSplitNumber(SHADES.length).setRangeColors(SHADES);
        style.setMin(0).setMax(SHADES.length);
        style.setShowValue(false).setDrawBorder(false);
        style.setPlotContentSize(1);
        style.setPlotGridLinesVisible(false);
        style.setXAxisLabelRotation(90);
        style.setXAxisTicksVisible(labels <= MOST_NAMED_COLUMNS);
        style.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 8));
    }

    /** Column, line from below, and shade of each pair that occurs. */
    private static List<Number[]> cells(LabelFigures figures, int[] seen) {
        var cells = new ArrayList<Number[]>();
        for (int line = 0; line < seen.length; line++) {
            double all = figures.occurs(seen[line]);
            for (int column = 0; column < seen.length; column++) {
                long count = figures.confusion()[seen[line]][seen[column]];
                if (count > 0) {
                    cells.add(new Number[] {column, seen.length - 1 - line, shade(count / all) + 0.5});
                }
            }
        }
        return cells;
    }

    private static int shade(double share) {
        return (int) IntStream.range(0, STEPS.length)
                .filter(step -> share > STEPS[step])
                .count();
    }
}

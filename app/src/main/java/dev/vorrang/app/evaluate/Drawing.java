package dev.vorrang.app.evaluate;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicInteger;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.apache.batik.svggen.SVGIDGenerator;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.w3c.dom.Document;

/**
 * A chart in the colours of the report. The colours are places to be filled: the page's style sheet finds them in the drawing and
 * puts others there, so that the same drawing suits light and dark.
 */
public final class Drawing {

    static final Color INK = new Color(31, 41, 55);
    static final Color GRID = new Color(209, 213, 219);
    public static final Color SIGNAL = new Color(29, 78, 216);
    public static final Color ALARM = new Color(220, 38, 38);
    public static final Color TRUTH = new Color(217, 119, 6);
    public static final Color BAND = new Color(147, 197, 253);
    public static final Color WINDOW = new Color(253, 230, 138);
    static final Color NOTHING = new Color(255, 255, 255, 0);

    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final XYChart chart;

    public Drawing(String xAxis, String yAxis, int width, int height) {
        chart = new XYChartBuilder()
                .width(width)
                .height(height)
                .xAxisTitle(xAxis)
                .yAxisTitle(Excerpt.name(yAxis))
                .build();
        XYStyler style = chart.getStyler();
        dress(style);
        style.setPlotGridLinesColor(GRID).setPlotGridLinesStroke(new BasicStroke(0.7f));
        style.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        style.setLegendBackgroundColor(NOTHING).setLegendBorderColor(NOTHING);
        style.setLegendPosition(LegendPosition.OutsideS).setLegendLayout(LegendLayout.Horizontal);
        style.setMarkerSize(4);
        style.setXAxisTickMarkSpacingHint(110);
    }

    /** Colours and fonts that all charts have. */
    static void dress(AxesChartStyler style) {
        style.setChartTitleVisible(false);
        style.setChartBackgroundColor(NOTHING).setChartFontColor(INK);
        style.setPlotBackgroundColor(NOTHING).setPlotBorderVisible(false);
        style.setAxisTickLabelsColor(INK).setAxisTickMarksColor(GRID);
        style.setXAxisTitleColor(INK).setYAxisGroupTitleColor(0, INK);
        style.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        style.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
        style.setChartPadding(4);
    }

    public XYChart chart() {
        return chart;
    }

    /** Makes a series a line. */
    public static void line(XYSeries series, Color color, float width) {
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
        series.setMarker(SeriesMarkers.NONE)
                .setLineColor(color)
                .setLineStyle(SeriesLines.SOLID)
                .setLineWidth(width);
    }

    /** Makes a series a dashed line. */
    public static void dashes(XYSeries series, Color color) {
        line(series, color, 1.4f);
        series.setLineStyle(SeriesLines.DASH_DASH);
    }

    /** Makes a series the area between its points. */
    public static void area(XYSeries series, Color color) {
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
        series.setMarker(SeriesMarkers.NONE)
                .setLineColor(NOTHING)
                .setLineWidth(0)
                .setLineStyle(SeriesLines.NONE);
        series.setFillColor(color);
    }

    /** Makes a series points. */
    public static void points(XYSeries series, Color color, Marker marker) {
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        series.setMarker(marker).setMarkerColor(color);
    }

    /** Marks a place with a point. */
    public void mark(String name, double x, double y, Color color) {
        chart.getStyler().setMarkerSize(9);
        points(chart.addSeries(name, new double[] {x}, new double[] {y}), color, SeriesMarkers.CIRCLE);
    }

    /** The drawing as an {@code svg} element. */
    public String svg() {
        return svg(chart);
    }

    /** A chart as an {@code svg} element. Batik builds a tree of it, so whatever a text holds is text. */
    public static String svg(Chart<?, ?> chart) {
        try {
            Document document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(SVG, "svg", null);
            SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
            context.setComment("");
            context.setIDGenerator(new Ids("c" + COUNT.incrementAndGet() + "-"));
            var graphics = new SVGGraphics2D(context, false);
            chart.paint(graphics, chart.getWidth(), chart.getHeight());
            var root = graphics.getRoot();
            root.setAttribute("viewBox", "0 0 " + chart.getWidth() + " " + chart.getHeight());
            root.setAttribute("width", "100%");
            root.setAttribute("style", "max-width: " + chart.getWidth() + "px");
            root.setAttribute("role", "img");
            var text = new StringWriter();
            graphics.stream(root, text, false, false);
            return text.toString().substring(text.toString().indexOf("<svg"));
        } catch (ParserConfigurationException | SVGGraphics2DIOException e) {
            throw new IllegalStateException("a chart cannot be drawn", e);
        }
    }

    /** Ids that no other drawing of the page has. */
    private static final class Ids extends SVGIDGenerator {

        private final String prefix;

        private Ids(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public String generateID(String kind) {
            return super.generateID(prefix + kind);
        }
    }
}

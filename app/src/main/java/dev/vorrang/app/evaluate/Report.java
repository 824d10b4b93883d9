package dev.vorrang.app.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.vorrang.app.evaluate.Outcome.Cell;
import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was evaluated and what came out, as a page and as JSON.
 *
 * @param title heading of the page
 * @param subject what was evaluated, by what
 * @param outcome what came out
 */
public record Report(String title, List<Fact> subject, Outcome outcome) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final Configuration TEMPLATES = templates();

    /**
     * Something that was evaluated.
     *
     * @param key name for programs
     * @param name name for people
     * @param value text or number
     */
    public record Fact(String key, String name, Object value) {

        /** The value as text. */
        public String text() {
            return value.toString();
        }
    }

    /** All that a template prints is escaped, but for what it marks as a drawing. */
    private static Configuration templates() {
        var templates = new Configuration(Configuration.VERSION_2_3_34);
        templates.setClassForTemplateLoading(Report.class, "");
        templates.setDefaultEncoding(StandardCharsets.UTF_8.name());
        templates.setOutputFormat(HTMLOutputFormat.INSTANCE);
        templates.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        templates.setLogTemplateExceptions(false);
        return templates;
    }

    /**
     * Writes the page, which needs nothing beside itself.
     *
     * @throws IOException if writing fails
     */
    public void writePage(Writer out) throws IOException {
        try {
            TEMPLATES.getTemplate("report.ftlh").process(Map.of("report", this), out);
        } catch (TemplateException e) {
            throw new IllegalStateException("the page cannot be made", e);
        }
    }

    /**
     * Writes the figures; what does not exist is null.
     *
     * @throws IOException if writing fails
     */
    public void writeJson(Writer out) throws IOException {
        var root = new LinkedHashMap<String, Object>();
        subject.forEach(fact -> root.put(fact.key(), fact.value()));
        var figures = new LinkedHashMap<String, Object>();
        outcome.measures().forEach(measure -> figures.put(measure.key(), measure.number()));
        root.put("figures", figures);
        outcome.tables().forEach(table -> root.put(table.key(), table(table)));
        JSON.writeValue(out, root);
    }

    private static Map<String, Object> table(Outcome.Table table) {
        var rows = new LinkedHashMap<String, Object>();
        for (List<Cell> cells : table.rows()) {
            var row = new LinkedHashMap<String, Object>();
            for (int i = 1; i < cells.size(); i++) {
                row.put(table.header().get(i), orNull(cells.get(i).value()));
            }
            rows.put(cells.get(0).text(), row);
        }
        return rows;
    }

    private static Double orNull(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** The figures as lines of text, for a terminal; what a terminal would act on is left out. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        subject.forEach(fact ->
                lines.add(String.format("%-28s %s", fact.name(), fact.text().replaceAll("\\p{C}", " "))));
        lines.add("");
        outcome.measures().forEach(measure -> lines.add(String.format("%-28s %12s", measure.name(), measure.text())));
        for (Outcome.Table table : outcome.tables()) {
            lines.add("");
            lines.add(table.title());
            lines.add(line(table.header()));
            table.rows()
                    .forEach(row -> lines.add(line(row.stream().map(Cell::text).toList())));
        }
        return lines;
    }

    private static String line(List<String> cells) {
        var line = new StringBuilder("  ").append(String.format("%-18s", plain(cells.get(0))));
        cells.stream().skip(1).forEach(cell -> line.append(String.format(" %10s", plain(cell))));
        return line.toString();
    }

    private static String plain(String text) {
        return Drawing.shortened(text.replaceAll("\\p{C}", " "));
    }
}

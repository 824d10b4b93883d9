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
 * @param parts what came out of each part that has figures of its own, for page and JSON; a terminal shows the outcome alone
 */
public record Report(String title, List<Fact> subject, Outcome outcome, List<Part> parts) {

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

    /**
     * A part of what was evaluated.
     *
     * @param key name for programs
     * @param title name for people
     * @param outcome what came out of it
     */
    public record Part(String key, String title, Outcome outcome) {}

    public Report {
        subject = List.copyOf(subject);
        parts = List.copyOf(parts);
    }

    /** A report on something without parts. */
    public Report(String title, List<Fact> subject, Outcome outcome) {
        this(title, subject, outcome, List.of());
    }

    /** The same with one more table of what came out. */
    public Report with(Outcome.Table table) {
        var tables = new ArrayList<>(outcome.tables());
        tables.add(table);
        return new Report(
                title, subject, new Outcome(outcome.compared(), outcome.measures(), tables, outcome.charts()), parts);
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
        put(root, outcome);
        for (Part part : parts) {
            var of = new LinkedHashMap<String, Object>();
            put(of, part.outcome());
            root.put(part.key(), of);
        }
        // A stream of somebody else's stays open.
        out.write(JSON.writeValueAsString(root));
        out.write('\n');
        out.flush();
    }

    private static void put(Map<String, Object> root, Outcome outcome) {
        var figures = new LinkedHashMap<String, Object>();
        outcome.measures().forEach(measure -> figures.put(measure.key(), measure.number()));
        root.put("figures", figures);
        outcome.tables().stream()
                .filter(table -> !table.key().isEmpty())
                .forEach(table -> root.put(table.key(), table(table)));
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
            var rows = new ArrayList<List<String>>();
            rows.add(table.header());
            table.rows().forEach(row -> rows.add(row.stream().map(Cell::text).toList()));
            rows.forEach(row -> lines.add(line(row, rows)));
        }
        return lines;
    }

    /** A line of a table whose columns are as wide as their widest cell. */
    private static String line(List<String> cells, List<List<String>> table) {
        var line = new StringBuilder("  ");
        for (int i = 0; i < cells.size(); i++) {
            int column = i;
            int widest = table.stream()
                    .mapToInt(row -> Excerpt.name(row.get(column)).length())
                    .max()
                    .orElse(0);
            String cell = Excerpt.name(cells.get(i));
            line.append(String.format(
                    i == 0 ? "%-" + Math.max(18, widest) + "s" : " %" + Math.max(10, widest) + "s", cell));
        }
        return line.toString();
    }
}

package dev.vorrang.connectors.sink;

import dev.vorrang.schemas.Action;
import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.text.ForeignText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What a template sees of an action. Each text is one line, of bounded length, without control and format characters; what a
 * format needs besides is escaped by {@link ActionTemplate}.
 */
public final class ActionValues {

    /** Names that a template may use; the last four are those of single sinks. */
    public static final Set<String> NAMES = Set.of(
            "id",
            "name",
            "sink",
            "stream",
            "record",
            "records",
            "count",
            "group",
            "titles",
            "summary",
            "step",
            "escalated",
            "severity",
            "urgent",
            "high",
            "normal",
            "low",
            "title",
            "short",
            "reasons",
            "key",
            "shortKey",
            "time",
            "link",
            "fields",
            "fieldList",
            "cleared",
            "acknowledge",
            "test",
            "createdAt",
            "position",
            "variables",
            "token",
            "actions",
            "digest",
            "total");

    private static final int TITLE = 1_000;
    private static final int SHORT = 120;
    private static final int MOST_REASONS = 10;
    private static final int REASON = 300;
    private static final int MOST_TITLES = 20;
    private static final String TEST = "[Test] ";

    private final UnaryOperator<String> markup;

    private ActionValues(UnaryOperator<String> markup) {
        this.markup = markup;
    }

    /** @param variables further values by name, from the sink's settings */
    public static Map<String, Object> of(Action action, Map<String, String> variables) {
        return of(action, variables, UnaryOperator.identity());
    }

    /** @param markup keeps words of an action from being markup, each character by itself, but for the link that acknowledges */
    public static Map<String, Object> of(Action action, Map<String, String> variables, UnaryOperator<String> markup) {
        return new ActionValues(markup).values(action, variables);
    }

    private Map<String, Object> values(Action action, Map<String, String> variables) {
        var values = new LinkedHashMap<String, Object>();
        values.put("id", line(action.getId()));
        values.put("name", line(action.getName()));
        values.put("sink", line(action.getSink()));
        values.put("stream", line(action.getStream()));
        values.put("record", line(action.getRecord()));
        values.put("records", action.getRecords().stream().map(this::line).toList());
        values.put("count", action.getCount());
        values.put("group", action.getCount() > 1);
        values.put(
                "titles",
                action.getTitles().stream()
                        .limit(MOST_TITLES)
                        .map(title -> cut(title, SHORT))
                        .toList());
        values.put("summary", action.getSummary());
        values.put("step", action.getStep());
        values.put("escalated", action.getStep() > 0);
        values.put("severity", action.getSeverity().name());
        values.put("urgent", action.getSeverity() == Priority.URGENT);
        values.put("high", action.getSeverity() == Priority.HIGH);
        values.put("normal", action.getSeverity() == Priority.NORMAL);
        values.put("low", action.getSeverity() == Priority.LOW);
        var title = action.getTest() ? TEST + action.getTitle() : action.getTitle();
        values.put("title", cut(title, TITLE));
        values.put("short", cut(title, SHORT));
        values.put("reasons", reasons(action));
        values.put("key", line(action.getRecordKey()));
        values.put("shortKey", cut(action.getRecordKey(), SHORT));
        values.put("time", action.getTime().toString());
        values.put("link", line(action.getLink()));
        putFields(values, action.getFields());
        values.put("cleared", isCleared(action));
        // The link is a secret of whoever gets it, and has to be shown to him.
        values.put("acknowledge", action.getAcknowledge());
        values.put("test", action.getTest());
        values.put("createdAt", action.getCreatedAt().toString());
        var position = action.getPosition();
        values.put("position", line(position.getTopic()) + "-" + position.getPartition() + "@" + position.getOffset());
        values.put("variables", variables);
        return values;
    }

    /** Whether an alert is over. */
    public static boolean isCleared(Action action) {
        return "CLEARED".equals(action.getFields().get("state"));
    }

    private List<Map<String, String>> reasons(Action action) {
        return action.getReasons().stream()
                .limit(MOST_REASONS)
                .map(reason -> Map.of("code", line(reason.getCode()), "text", cut(reason.getText(), REASON)))
                .toList();
    }

    private void putFields(Map<String, Object> values, Map<String, String> fields) {
        var lines = new LinkedHashMap<String, String>();
        fields.keySet().stream().sorted().forEach(name -> lines.put(line(name), line(fields.get(name))));
        values.put("fields", lines);
        values.put(
                "fieldList",
                lines.entrySet().stream()
                        .map(field -> Map.of("name", field.getKey(), "value", field.getValue()))
                        .toList());
    }

    private String line(String text) {
        return markup.apply(ForeignText.line(text));
    }

    /** At most so many UTF-16 units after markup: targets refuse longer ones, and what needs much markup must not get past that. */
    private String cut(String text, int units) {
        var line = ForeignText.line(text);
        var whole = markup.apply(line);
        if (whole.length() <= units) {
            return whole;
        }
        var cut = new StringBuilder();
        for (int at = 0; at < line.length(); at = line.offsetByCodePoints(at, 1)) {
            var next = markup.apply(Character.toString(line.codePointAt(at)));
            if (cut.length() + next.length() >= units) {
                break;
            }
            cut.append(next);
        }
        return cut.append('…').toString();
    }
}

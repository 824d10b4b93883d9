package dev.vorrang.connectors.sink;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A Mustache template with the values of an action. Every value is escaped: tags that would not be, {@code {{{name}}}} and
 * {@code {{&name}}}, are refused, and so are names that no action has. Thread-safe.
 */
public final class ActionTemplate {

    private static final Pattern UNESCAPED = Pattern.compile("\\{\\{\\s*[{&=>]");

    private final Template template;

    private ActionTemplate(Template template) {
        this.template = template;
    }

    /**
     * @param escape of each value
     * @throws IllegalArgumentException if the text is no template, or uses what no action has
     */
    public static ActionTemplate compile(String text, UnaryOperator<String> escape) {
        var unescaped = UNESCAPED.matcher(text);
        if (unescaped.find()) {
            throw new IllegalArgumentException("it has " + unescaped.group()
                    + ": allowed are {{name}}, {{#name}}, {{^name}}, {{/name}} and {{!comment}}");
        }
        try {
            var template = Mustache.compiler()
                    .withEscaper(escape::apply)
                    .defaultValue("")
                    .emptyStringIsFalse(true)
                    .compile(text);
            var names = new Names();
            template.visit(names);
            if (!names.unknown.isEmpty()) {
                throw new IllegalArgumentException("no action has " + names.unknown + ": allowed are "
                        + String.join(", ", new TreeSet<>(ActionValues.NAMES)));
            }
            return new ActionTemplate(template);
        } catch (MustacheException e) {
            throw new IllegalArgumentException("allowed: a Mustache template (" + e.getMessage() + ")", e);
        }
    }

    /**
     * @param values from {@link ActionValues}, perhaps with more
     * @throws DeliveryException if it cannot be filled in for this action
     */
    public String render(Map<String, Object> values) throws DeliveryException {
        try {
            return template.execute(values);
        } catch (MustacheException e) {
            throw DeliveryException.refused("the template fails: " + e.getMessage(), e);
        }
    }

    /** Names outside of sections; in a section they are those of its elements. */
    private static final class Names implements Mustache.Visitor {

        private static final Set<String> SECTIONS_WITH_ELEMENTS =
                Set.of("reasons", "records", "titles", "fieldList", "fields", "variables", "actions");

        private final Set<String> unknown = new HashSet<>();

        @Override
        public void visitText(String text) {
            // No name.
        }

        @Override
        public void visitVariable(String name) {
            check(name);
        }

        @Override
        public boolean visitInclude(String name) {
            return false;
        }

        @Override
        public boolean visitSection(String name) {
            check(name);
            return !SECTIONS_WITH_ELEMENTS.contains(name);
        }

        @Override
        public boolean visitInvertedSection(String name) {
            check(name);
            return true;
        }

        private void check(String name) {
            var first = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
            if (!ActionValues.NAMES.contains(first)) {
                unknown.add(name);
            }
        }
    }
}

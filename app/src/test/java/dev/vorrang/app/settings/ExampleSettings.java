package dev.vorrang.app.settings;

import dev.vorrang.app.streams.StreamKits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.text.WordUtils;

/** Writes {@code vorrang.example.yaml} from the sections and their keys. */
public final class ExampleSettings {

    private static final String HEAD = """
            # Settings of `./vorrang run --config vorrang.yaml`. Copy this file and change what you need. Omitted keys have their default.
            # Each key is also an environment variable, which overrides the file: kafka.port is VORRANG_KAFKA_PORT, and the password of the
            # first mailbox is VORRANG_INGEST_MAILBOXES_0__PASSWORD. docs/settings.md has all keys and their allowed values.
            # Lines that start with "#" and no space are settings that are not used in this example.
            """;
    private static final int WIDTH = 130;

    private final List<String> lines = new ArrayList<>();
    private final Set<String> said = new HashSet<>();

    private ExampleSettings() {}

    /** A mapping of the file, a list of mappings, or a key. */
    private static final class Node {

        private final Map<String, Node> children = new LinkedHashMap<>();
        private String comment = "";
        private Optional<Key<?>> key = Optional.empty();
        private boolean list;

        Stream<Key<?>> keys() {
            return Stream.concat(key.stream(), children.values().stream().flatMap(Node::keys));
        }

        /** Whether the example sets anything of it. */
        boolean isSet() {
            return list ? keys().anyMatch(Key::shown) : keys().anyMatch(each -> each.shown() || isDefault(each));
        }

        /** Elements of a list in a list would need the key's place. */
        int elements() {
            return keys().mapToInt(each ->
                            each.path().endsWith("*") ? 1 : each.examples().size())
                    .max()
                    .orElse(1);
        }

        private static boolean isDefault(Key<?> key) {
            return key.fallback().isPresent() && !key.path().matches(".*\\[]\\..*");
        }
    }

    /** The whole file. */
    public static String yaml() {
        var root = new Node();
        for (var section : Settings.sections(StreamKits.SETTINGS)) {
            var node = node(root, section.path());
            if (node.comment.isEmpty()) {
                node.comment = section.introduction().isEmpty() ? section.title() + "." : section.introduction();
            }
            section.keys().forEach(key -> node(root, key.path()).key = Optional.of(key));
        }
        root.comment = "";
        var example = new ExampleSettings();
        root.children.forEach((name, child) -> {
            example.lines.add("");
            example.write(name, child, "", false, 0);
        });
        return HEAD + String.join("\n", example.lines) + "\n";
    }

    private static Node node(Node root, String path) {
        var node = root;
        for (var name : path.isEmpty()
                ? new String[0]
                : path.replaceAll("\\.\\*$|\\[]$", "").split("\\.")) {
            node = node.children.computeIfAbsent(name.replace("[]", ""), any -> new Node());
            node.list |= name.endsWith("[]");
        }
        return node;
    }

    private void write(String name, Node node, String indent, boolean off, int element) {
        if (node.key.isPresent()) {
            writeKey(name, node.key.get(), indent, off, element);
            return;
        }
        boolean unused = off || !node.isSet();
        comment(node.comment, indent);
        lines.add(indent + (unused ? "#" : "") + name + ":");
        if (node.list) {
            for (int i = 0; i < node.elements(); i++) {
                writeElement(node, indent + "  ", unused, i);
            }
        } else {
            node.children.forEach((child, each) -> write(child, each, indent + "  ", unused, element));
        }
    }

    /** The first line that is a setting gets the dash. */
    private void writeElement(Node node, String indent, boolean off, int element) {
        int from = lines.size();
        node.children.forEach((child, each) -> {
            if (element == 0
                    || each.keys()
                            .anyMatch(key -> key.examples().size() > element
                                    && !key.examples().get(element).isEmpty())) {
                write(child, each, indent + "  ", off, element);
            }
        });
        for (int i = from; i < lines.size(); i++) {
            var text = lines.get(i).strip();
            if (!text.startsWith("# ")) {
                lines.set(i, indent + (text.startsWith("#") ? "#- " + text.substring(1) : "- " + text));
                return;
            }
            lines.set(i, indent + text);
        }
    }

    private void writeKey(String name, Key<?> key, String indent, boolean off, int element) {
        var start = indent + (off || !key.shown() && key.fallback().isEmpty() ? "#" : "");
        if (key.path().endsWith(".*")) {
            comment(key.doc(), indent);
            lines.add(start + name + ":");
            key.examples()
                    .forEach(each -> lines.add(start.replace("#", "  #") + (start.endsWith("#") ? "" : "  ") + each));
            return;
        }
        var value = key.examples().size() > element
                ? key.examples().get(element)
                : key.fallback().orElse("");
        if (value.isEmpty() && (element > 0 || !key.examples().isEmpty())) {
            return;
        }
        comment(key.doc(), indent);
        lines.add(start + name + ": " + (value.isEmpty() ? "\"\"" : value.replaceAll("^(\\d+)\\.0$", "$1")));
    }

    /** What was said of a key of one stream is not said again of the same of another. */
    private void comment(String markdown, String indent) {
        if (markdown.isEmpty() || !said.add(markdown)) {
            return;
        }
        var text = markdown.replaceAll("\\[[^]]*]\\(([a-z]+\\.md)(#[a-z-]*)?\\)", "docs/$1")
                .replace("`", "");
        WordUtils.wrap(text, WIDTH - indent.length() - 2).lines().forEach(line -> lines.add(indent + "# " + line));
    }
}

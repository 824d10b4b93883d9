package dev.vorrang.app.settings;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The values of a YAML text, by their paths: {@code kafka.port}, {@code routes[0].queue}. Anchors are refused: settings need
 * none, and with them a small text can be a huge tree.
 */
final class SettingsFile {

    private static final int DEEPEST = 20;

    private final String name;
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Map<String, Integer> emptyLists = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * @param text as it stands in the file
     * @param line counts from 1
     */
    record Value(String text, int line) {}

    private SettingsFile(String name) {
        this.name = name;
    }

    /**
     * @param name of the file, for problems
     * @throws SettingsException if the text is not YAML, or not a mapping; the message says where
     */
    static SettingsFile parse(String name, String text) {
        var file = new SettingsFile(name);
        var root = file.tree(text);
        if (root instanceof MappingNode sections) {
            file.addAll("", sections, 0);
        } else if (root != null) {
            throw file.refused("line " + line(root) + ": allowed is a mapping of sections, such as 'kafka:'", null);
        }
        return file;
    }

    static SettingsFile none() {
        return new SettingsFile("environment");
    }

    String name() {
        return name;
    }

    Map<String, Value> values() {
        return values;
    }

    /** Lists written as {@code []}: path and line. */
    Map<String, Integer> emptyLists() {
        return emptyLists;
    }

    /** What is wrong with the text beyond its grammar, such as a key that stands twice. */
    List<String> problems() {
        return problems;
    }

    private Node tree(String text) {
        var options = new LoaderOptions();
        options.setNestingDepthLimit(DEEPEST);
        try {
            return new Yaml(options).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            var where =
                    mark == null ? "" : "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": ";
            throw refused(where + "no valid YAML: " + e.getProblem(), e);
        } catch (YAMLException e) {
            throw refused("no valid YAML: " + e.getMessage().lines().findFirst().orElse(""), e);
        }
    }

    private void add(String path, Node node, int depth) {
        if (node.getAnchor() != null) {
            problems.add(path + " (" + name + " line " + line(node) + "): anchors and aliases are not allowed");
        } else if (node instanceof MappingNode mapping) {
            addAll(path + ".", mapping, depth + 1);
        } else if (node instanceof SequenceNode sequence) {
            int place = 0;
            for (var element : sequence.getValue()) {
                add(path + "[" + place++ + "]", element, depth + 1);
            }
            if (place == 0) {
                emptyLists.put(path, line(node));
            }
        } else if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
            values.put(path, new Value(scalar.getValue(), line(node)));
        }
    }

    private void addAll(String prefix, MappingNode mapping, int depth) {
        var lines = new LinkedHashMap<String, Integer>();
        for (var tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(name + " line " + line(tuple.getKeyNode()) + ": allowed as a key is a plain word");
                continue;
            }
            var path = prefix + key.getValue();
            var before = lines.putIfAbsent(key.getValue(), line(key));
            if (before != null) {
                problems.add(path + " (" + name + " line " + line(key) + "): stands twice, first in line " + before);
            } else {
                add(path, tuple.getValueNode(), depth);
            }
        }
    }

    private SettingsException refused(String problem, Exception cause) {
        return new SettingsException(name, List.of(problem), cause);
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}

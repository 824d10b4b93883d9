package dev.vorrang.ingest.opcua;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.stack.core.UaRuntimeException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;

/**
 * A node and the sensor that it is.
 *
 * @param node id as part 6, 5.1.12 writes it: {@code ns=2;s=Press.Temperature}, or with {@code nsu=} and the namespace's URI, which
 *     holds when a server numbers its namespaces anew
 * @param machine name of the machine
 * @param sensor name of the sensor, without a slash
 */
public record NodeMapping(String node, String machine, String sensor) {

    /** How a list of them is written. */
    public static final String ALLOWED =
            "NODE -> MACHINE/SENSOR, several with commas or line breaks between, such as ns=2;s=Press.T -> press-1/temperature";

    private static final String ARROW = "->";
    /** A comma ends an entry only where a node id follows, for the ids may hold commas. */
    private static final Pattern BETWEEN = Pattern.compile("\\s*(?:,|\\R)\\s*(?=(?:svr|nsu?|[isgb])=)");

    /**
     * Reads a list, none if the text is blank.
     *
     * @throws IllegalArgumentException if an entry is wrong, or two name the same sensor
     */
    public static List<NodeMapping> parse(String text) {
        if (text.isBlank()) {
            return List.of();
        }
        var mappings =
                Arrays.stream(BETWEEN.split(text.strip())).map(NodeMapping::of).toList();
        var seen = new HashSet<String>();
        for (var mapping : mappings) {
            if (!seen.add(mapping.machine + '/' + mapping.sensor)) {
                throw new IllegalArgumentException("'" + mapping + "': another node is this sensor already");
            }
        }
        return mappings;
    }

    /** Writes a list that {@link #parse} reads. */
    public static String text(List<NodeMapping> mappings) {
        return mappings.stream().map(NodeMapping::toString).collect(Collectors.joining("\n"));
    }

    private static NodeMapping of(String entry) {
        int arrow = entry.lastIndexOf(ARROW);
        int slash = entry.lastIndexOf('/');
        if (arrow < 1 || slash < arrow) {
            throw new IllegalArgumentException("'" + entry + "': allowed is " + ALLOWED);
        }
        var mapping = new NodeMapping(
                entry.substring(0, arrow).strip(),
                entry.substring(arrow + ARROW.length(), slash).strip(),
                entry.substring(slash + 1).strip());
        if (mapping.machine.isEmpty() || mapping.sensor.isEmpty()) {
            throw new IllegalArgumentException("'" + entry + "': allowed is " + ALLOWED);
        }
        try {
            ExpandedNodeId.parse(mapping.node);
        } catch (UaRuntimeException e) {
            throw new IllegalArgumentException(
                    "node '" + mapping.node + "': allowed is an id such as ns=2;s=Press.T or i=2258", e);
        }
        return mapping;
    }

    @Override
    public String toString() {
        return node + " -> " + machine + "/" + sensor;
    }
}

package dev.vorrang.ingest.opcua;

import java.util.List;

/** Which nodes are read. */
public sealed interface NodeSelection {

    /** Those, and no others. */
    record Listed(List<NodeMapping> nodes) implements NodeSelection {}

    /**
     * The variables below a node, looked up at each connect.
     *
     * @param root id of the node
     * @param template tells machine and sensor
     * @param depth levels below the root, 1 to 20
     * @param share which of the machines
     */
    record Browsed(String root, PathTemplate template, int depth, Share share) implements NodeSelection {}

    /**
     * A part of the machines, by their names, so that a machine stays with its part whatever others there are.
     *
     * @param part from 0
     * @param parts at least 1
     */
    record Share(int part, int parts) {

        /** All machines. */
        public static final Share ALL = new Share(0, 1);

        boolean has(String machine) {
            return Math.floorMod(machine.hashCode(), parts) == part;
        }
    }
}

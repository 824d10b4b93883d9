package dev.vorrang.ingest.sparkplug;

import java.util.Optional;

/**
 * A topic of Sparkplug B: {@code spBv1.0/GROUP/TYPE/EDGE} or {@code spBv1.0/GROUP/TYPE/EDGE/DEVICE}.
 *
 * @param device empty for messages of the edge node itself
 */
record SparkplugTopic(String group, Type type, String edge, Optional<String> device) {

    static final String ALLOWED = "spBv1.0/GROUP/TYPE/EDGE or spBv1.0/GROUP/TYPE/EDGE/DEVICE";
    private static final String NAMESPACE = "spBv1.0";

    /** What messages tell. */
    enum Type {
        NBIRTH,
        NDATA,
        NDEATH,
        NCMD,
        DBIRTH,
        DDATA,
        DDEATH,
        DCMD
    }

    /** Empty if it is none. */
    static Optional<SparkplugTopic> parse(String topic) {
        String[] levels = topic.split("/", -1);
        if (levels.length < 4 || levels.length > 5 || !levels[0].equals(NAMESPACE)) {
            return Optional.empty();
        }
        for (Type type : Type.values()) {
            boolean ofDevice = type.name().startsWith("D");
            if (type.name().equals(levels[2]) && ofDevice == (levels.length == 5)) {
                return Optional.of(new SparkplugTopic(
                        levels[1], type, levels[3], ofDevice ? Optional.of(levels[4]) : Optional.empty()));
            }
        }
        return Optional.empty();
    }

    /** Name of the edge node among all. */
    String node() {
        return group + "/" + edge;
    }

    /** Name of the machine: that of the edge node, with the device's after it. */
    String machine() {
        return device.map(name -> node() + "/" + name).orElse(node());
    }

    /** Topic of commands to the edge node. */
    String commands() {
        return NAMESPACE + "/" + group + "/" + Type.NCMD + "/" + edge;
    }
}

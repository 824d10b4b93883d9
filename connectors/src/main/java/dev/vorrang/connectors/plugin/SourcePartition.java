package dev.vorrang.connectors.plugin;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/**
 * What a source's position belongs to, by two names. Connect keeps positions under the bytes of a partition's JSON, so the names
 * must stand in the same order in every process, which those of {@link Map#of} do not.
 */
public final class SourcePartition {

    private SourcePartition() {}

    /** A partition with its names in this order. */
    public static Map<String, String> of(String name, String value, String otherName, String otherValue) {
        var partition = new LinkedHashMap<String, String>();
        partition.put(name, value);
        partition.put(otherName, otherValue);
        return partition;
    }

    /**
     * The position of a partition, also where an earlier version kept it with the names in the other order.
     *
     * @param partition from {@link #of}
     * @return null if there is none
     */
    public static Map<String, Object> position(OffsetStorageReader reader, Map<String, String> partition) {
        var position = reader.offset(partition);
        return position == null ? reader.offset(reversed(partition)) : position;
    }

    private static Map<String, String> reversed(Map<String, String> partition) {
        var names = partition.keySet().toArray(String[]::new);
        return of(names[1], partition.get(names[1]), names[0], partition.get(names[0]));
    }
}

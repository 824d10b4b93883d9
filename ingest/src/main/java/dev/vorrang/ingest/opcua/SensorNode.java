package dev.vorrang.ingest.opcua;

import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/**
 * A node of a server, found there.
 *
 * @param id with the server's own namespace index of today
 * @param name the id as the settings or the server write it
 * @param unit of its values, where the server tells it
 */
record SensorNode(NodeId id, String name, String machine, String sensor, Optional<String> unit) {

    /** Machine and sensor, which no other node of a session has. */
    String place() {
        return machine + '/' + sensor;
    }

    SensorNode withUnit(Optional<String> found) {
        return new SensorNode(id, name, machine, sensor, found);
    }
}

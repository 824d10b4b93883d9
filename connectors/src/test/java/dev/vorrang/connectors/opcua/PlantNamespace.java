package dev.vorrang.connectors.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ulong;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.nodes.UaFolderNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;

/** Line/press-1 and Line/press-2 with sensors, whose values a test sets; each goes to the subscribers at once. */
final class PlantNamespace extends ManagedNamespaceWithLifecycle {

    static final String URI = "urn:test:plant:nodes";
    static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

    private final Map<NodeId, List<DataItem>> subscribed = new ConcurrentHashMap<>();
    private final Map<NodeId, DataValue> values = new ConcurrentHashMap<>();

    PlantNamespace(OpcUaServer server) {
        super(server, URI);
        getLifecycleManager().addStartupTask(this::addNodes);
    }

    private void addNodes() {
        var line = folder("Line", NodeIds.ObjectsFolder);
        for (String press : List.of("press-1", "press-2")) {
            addPress(press, line);
        }
    }

    /** Builds another press into the line, while the server runs. */
    void addPress(String press) {
        addPress(press, (UaFolderNode)
                getNodeManager().getNode(newNodeId("Line")).orElseThrow());
    }

    private void addPress(String press, UaFolderNode line) {
        var machine = folder(press, line.getNodeId());
        variable(press, "temperature", machine, NodeIds.Double, 20.0);
        variable(press, "count", machine, NodeIds.UInt64, ulong(7));
        variable(press, "running", machine, NodeIds.Boolean, true);
        variable(press, "level", machine, NodeIds.Byte, ubyte(200));
        variable(press, "program", machine, NodeIds.String, "A-17");
        variable(press, "curve", machine, NodeIds.Double, new Double[] {1.0, 2.0});
    }

    private UaFolderNode folder(String name, NodeId parent) {
        var folder = new UaFolderNode(
                getNodeContext(), newNodeId(name), newQualifiedName(name), LocalizedText.english(name));
        getNodeManager().addNode(folder);
        folder.addReference(
                new Reference(folder.getNodeId(), NodeIds.Organizes, parent.expanded(), Reference.Direction.INVERSE));
        return folder;
    }

    private void variable(String press, String name, UaFolderNode machine, NodeId type, Object value) {
        var node = new UaVariableNode.UaVariableNodeBuilder(getNodeContext())
                .setNodeId(newNodeId(press + "." + name))
                .setBrowseName(newQualifiedName(name))
                .setDisplayName(LocalizedText.english(name))
                .setDataType(type)
                .setTypeDefinition(NodeIds.BaseDataVariableType)
                .build();
        var first = value(value, StatusCode.GOOD, START);
        node.setValue(first);
        values.put(node.getNodeId(), first);
        getNodeManager().addNode(node);
        machine.addOrganizes(node);
        if (name.equals("temperature")) {
            var unit = new EUInformation(
                    "http://www.opcfoundation.org/UA/units/un/cefact",
                    4408652,
                    LocalizedText.english("°C"),
                    LocalizedText.english("degree Celsius"));
            var property = new UaVariableNode.UaVariableNodeBuilder(getNodeContext())
                    .setNodeId(newNodeId(press + "." + name + ".unit"))
                    .setBrowseName(new QualifiedName(0, "EngineeringUnits"))
                    .setDisplayName(LocalizedText.english("EngineeringUnits"))
                    .setDataType(NodeIds.EUInformation)
                    .setTypeDefinition(NodeIds.PropertyType)
                    .build();
            property.setValue(
                    new DataValue(new Variant(ExtensionObject.encode(getServer().getStaticEncodingContext(), unit))));
            getNodeManager().addNode(property);
            node.addReference(new Reference(
                    node.getNodeId(),
                    NodeIds.HasProperty,
                    property.getNodeId().expanded(),
                    Reference.Direction.FORWARD));
        }
    }

    private static DataValue value(Object value, StatusCode status, Instant time) {
        return new DataValue(new Variant(value), status, new DateTime(time), new DateTime(time.plusMillis(5)));
    }

    /** Sets a value, and sends it to whoever subscribed. */
    void set(String node, Object value, StatusCode status, Instant time) {
        send(newNodeId(node), value(value, status, time));
    }

    private void send(NodeId id, DataValue fresh) {
        values.put(id, fresh);
        subscribed.getOrDefault(id, List.of()).forEach(item -> item.setValue(fresh));
    }

    /** A good value with such a time of the source, and of the server. */
    void set(String node, Object value, DateTime source, Instant time) {
        send(newNodeId(node), new DataValue(new Variant(value), StatusCode.GOOD, source, new DateTime(time)));
    }

    /** A good value, so many seconds after the start. */
    void set(String node, Object value, int second) {
        set(node, value, StatusCode.GOOD, START.plusSeconds(second));
    }

    boolean isSubscribed(String node) {
        return !subscribed.getOrDefault(newNodeId(node), List.of()).isEmpty();
    }

    @Override
    public void onDataItemsCreated(List<DataItem> items) {
        for (DataItem item : items) {
            NodeId id = item.getReadValueId().getNodeId();
            subscribed.computeIfAbsent(id, node -> new CopyOnWriteArrayList<>()).add(item);
            if (values.containsKey(id)) {
                item.setValue(values.get(id));
            }
        }
    }

    @Override
    public void onDataItemsModified(List<DataItem> items) {
        // Nothing depends on how often the server would look.
    }

    @Override
    public void onDataItemsDeleted(List<DataItem> items) {
        items.forEach(item -> subscribed.get(item.getReadValueId().getNodeId()).remove(item));
    }

    @Override
    public void onMonitoringModeChanged(List<MonitoredItem> items) {
        // All are reported.
    }
}

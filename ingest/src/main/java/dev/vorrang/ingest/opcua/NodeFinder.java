package dev.vorrang.ingest.opcua;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.eclipse.milo.opcua.sdk.client.AddressSpace;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePath;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePathResult;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePath;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePathElement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the nodes to read on a server, with their units. */
final class NodeFinder {

    private static final Logger LOG = LoggerFactory.getLogger(NodeFinder.class);
    /** Nodes to ask about at once; small servers take no more. */
    private static final int PER_CALL = 100;
    /** A server with more below the root is browsed no further; a deeper root or more tasks help. */
    private static final int MAX_NODES = 20_000;

    private record Visit(NodeId node, String path, int depth) {}

    private final OpcUaClient client;

    NodeFinder(OpcUaClient client) {
        this.client = client;
    }

    /**
     * @return none if nothing of the selection is there
     * @throws UaException if the server does not answer, or the root is not there
     */
    List<SensorNode> find(NodeSelection selection) throws UaException {
        client.readNamespaceTable();
        List<SensorNode> nodes = selection instanceof NodeSelection.Listed listed
                ? listed(listed.nodes())
                : browsed((NodeSelection.Browsed) selection);
        return withUnits(nodes);
    }

    /** A node whose namespace the server does not have gets the null id, which the server refuses like any it does not know. */
    private List<SensorNode> listed(List<NodeMapping> mappings) {
        return mappings.stream()
                .map(mapping -> new SensorNode(
                        ExpandedNodeId.parse(mapping.node())
                                .toNodeId(client.getNamespaceTable())
                                .orElse(NodeId.NULL_VALUE),
                        mapping.node(),
                        mapping.machine(),
                        mapping.sensor(),
                        Optional.empty()))
                .toList();
    }

    private List<SensorNode> browsed(NodeSelection.Browsed browse) throws UaException {
        var nodes = new ArrayList<SensorNode>();
        var sensors = new HashSet<String>();
        var seen = new HashSet<NodeId>();
        var open = new ArrayDeque<Visit>();
        NodeId root = ExpandedNodeId.parse(browse.root())
                .toNodeId(client.getNamespaceTable())
                .orElseThrow(() -> new UaException(
                        StatusCodes.Bad_NodeIdUnknown, "the server has no namespace of node " + browse.root()));
        open.add(new Visit(root, "", 0));
        while (!open.isEmpty()) {
            Visit visit = open.remove();
            for (ReferenceDescription reference : children(visit.node())) {
                Optional<NodeId> id = reference.getNodeId().toNodeId(client.getNamespaceTable());
                if (id.isEmpty() || !seen.add(id.get())) {
                    continue;
                }
                if (seen.size() > MAX_NODES) {
                    LOG.warn("{}: more than {} nodes below {}: the rest is not read", this, MAX_NODES, browse.root());
                    return nodes;
                }
                String path = visit.path() + reference.getBrowseName().getName();
                if (reference.getNodeClass() == NodeClass.Variable) {
                    browse.template()
                            .match(path)
                            .filter(place -> browse.share().has(place.machine()))
                            .ifPresent(place -> add(nodes, sensors, id.get(), place));
                }
                if (visit.depth() + 1 < browse.depth()) {
                    open.add(new Visit(id.get(), path + "/", visit.depth() + 1));
                }
            }
        }
        return nodes;
    }

    private void add(List<SensorNode> nodes, HashSet<String> sensors, NodeId id, PathTemplate.Place place) {
        if (sensors.add(place.machine() + '/' + place.sensor())) {
            nodes.add(new SensorNode(id, id.toParseableString(), place.machine(), place.sensor(), Optional.empty()));
        } else {
            LOG.warn("{}: node {} is not read, another is {} already", this, id.toParseableString(), place);
        }
    }

    /** Components and what is organised below a node; not its properties, nor the server's own object. */
    private List<ReferenceDescription> children(NodeId node) throws UaException {
        var options = AddressSpace.BrowseOptions.builder()
                .setReferenceType(NodeIds.HierarchicalReferences)
                .setIncludeSubtypes(true)
                .build();
        return client.getAddressSpace().browse(node, options).stream()
                .filter(reference -> !reference.getReferenceTypeId().equals(NodeIds.HasProperty)
                        && !reference.getNodeId().equalTo(NodeIds.Server)
                        && (reference.getNodeClass() == NodeClass.Object
                                || reference.getNodeClass() == NodeClass.Variable))
                .toList();
    }

    /** Reads the property EngineeringUnits (part 8, 5.6.3); a node without one has no unit. */
    private List<SensorNode> withUnits(List<SensorNode> nodes) throws UaException {
        var all = new ArrayList<SensorNode>(nodes.size());
        for (int from = 0; from < nodes.size(); from += PER_CALL) {
            List<SensorNode> some = nodes.subList(from, Math.min(nodes.size(), from + PER_CALL));
            try {
                all.addAll(withUnitsAtOnce(some));
            } catch (UaException e) {
                if (e.getStatusCode().value() != StatusCodes.Bad_ServiceUnsupported) {
                    throw e;
                }
                all.addAll(some);
            }
        }
        return all;
    }

    private List<SensorNode> withUnitsAtOnce(List<SensorNode> nodes) throws UaException {
        var step = new RelativePathElement(NodeIds.HasProperty, false, true, new QualifiedName(0, "EngineeringUnits"));
        var path = new RelativePath(new RelativePathElement[] {step});
        BrowsePathResult[] found = client.translateBrowsePaths(nodes.stream()
                        .map(node -> new BrowsePath(node.id(), path))
                        .toList())
                .getResults();
        var properties = new ArrayList<NodeId>();
        var owners = new ArrayList<Integer>();
        for (int i = 0; found != null && i < found.length; i++) {
            if (found[i].getTargets() != null && found[i].getTargets().length > 0) {
                Optional<NodeId> property =
                        found[i].getTargets()[0].getTargetId().toNodeId(client.getNamespaceTable());
                int owner = i;
                property.ifPresent(id -> {
                    properties.add(id);
                    owners.add(owner);
                });
            }
        }
        var with = new ArrayList<>(nodes);
        if (!properties.isEmpty()) {
            var values = client.readValues(0, TimestampsToReturn.Neither, properties);
            for (int i = 0; i < owners.size(); i++) {
                int owner = owners.get(i);
                with.set(
                        owner,
                        nodes.get(owner).withUnit(unit(values.get(i).getValue().getValue())));
            }
        }
        return with;
    }

    private Optional<String> unit(Object value) {
        if (value instanceof ExtensionObject object
                && object.decode(client.getStaticEncodingContext()) instanceof EUInformation unit
                && unit.getDisplayName().getText() != null) {
            return Optional.of(unit.getDisplayName().getText()).filter(text -> !text.isBlank());
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return client.getConfig().getEndpoint().getEndpointUrl();
    }
}

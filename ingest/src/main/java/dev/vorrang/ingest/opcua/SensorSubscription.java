package dev.vorrang.ingest.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import dev.vorrang.ingest.connection.HandoverQueue;
import dev.vorrang.ingest.reading.Decoded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.SessionActivityListener;
import org.eclipse.milo.opcua.sdk.client.UaSession;
import org.eclipse.milo.opcua.sdk.client.subscriptions.MonitoredItemServiceOperationResult;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DataChangeTrigger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DeadbandType;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscription to all nodes of a session. A short cut of the connection, or a new session to which the server transfers the
 * subscription, loses nothing that the server's queues hold: Milo asks for it again by sequence number (part 4, 5.14.6). What
 * ends the subscription is told by {@link #awaitEnd}; another session then makes a new one.
 */
final class SensorSubscription {

    private static final Logger LOG = LoggerFactory.getLogger(SensorSubscription.class);
    /** Nodes to ask for at once; small servers take no more. */
    private static final int PER_CALL = 100;
    /** Bounds what a publish response brings beyond the buffer's room. */
    private static final int MAX_PER_RESPONSE = 10_000;
    /** How often a server with nothing to say shows that it lives. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);
    /**
     * Keep-alives without which the subscription is given up, and with it what the server still holds. Milo's 1.5 is less than a busy
     * server takes after a cut; the session has a keep-alive of its own for a connection that hangs.
     */
    private static final double SILENT_KEEP_ALIVES = 4;
    /** Milo asks for a lifetime of so many keep-alives; a session away for longer has lost its subscription. */
    private static final int LIFETIME_IN_KEEP_ALIVES = 5;

    private final OpcUaClient client;
    private final OpcUaSubscription subscription;
    private final Sampling sampling;
    private final ValueDecoder readings;
    private final HandoverQueue<Decoded, OpcUaRefusedException> buffer;
    /** Names of the sensors that were asked for. */
    private final Set<String> sensors = new HashSet<>();

    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    /** In System.nanoTime(); 0 while the session is active. */
    private volatile long inactiveSince;

    SensorSubscription(
            OpcUaClient client,
            Sampling sampling,
            ValueDecoder readings,
            HandoverQueue<Decoded, OpcUaRefusedException> buffer) {
        this.client = client;
        this.sampling = sampling;
        this.readings = readings;
        this.buffer = buffer;
        this.subscription = new OpcUaSubscription(client, sampling.publishing().toMillis());
    }

    /**
     * Subscribes.
     *
     * @throws UaException if the server does not, or has none of the nodes
     */
    void start(List<SensorNode> nodes) throws UaException, InterruptedException {
        nodes.forEach(node -> sensors.add(node.place()));
        client.addSessionActivityListener(new SessionWatch());
        readings.subscribedAnew();
        subscription.setSubscriptionListener(new Listener());
        subscription.setTargetKeepAliveInterval(KEEP_ALIVE.toMillis());
        subscription.setWatchdogMultiplier(SILENT_KEEP_ALIVES);
        subscription.setMaxNotificationsPerPublish(uint(MAX_PER_RESPONSE));
        subscription.setMaxMonitoredItemsPerCall(uint(PER_CALL));
        subscription.create();
        var items = nodes.stream().map(this::item).toList();
        subscription.addMonitoredItems(items);
        StatusCode worst = create();
        boolean none = items.stream().noneMatch(item -> item.getServerState().isPresent());
        if (none) {
            throw new UaException(worst, "not one of the " + nodes.size() + " nodes can be read");
        }
    }

    /**
     * Asks for nodes that have appeared, and again for those that the server did not know.
     *
     * @param present nodes of the selection as they are now
     * @return how many are read now that were not
     */
    int extend(List<SensorNode> present) throws InterruptedException {
        List<OpcUaMonitoredItem> refused = subscription.getMonitoredItems().stream()
                .filter(item -> item.getServerState().isEmpty())
                .toList();
        subscription.removeMonitoredItems(refused);
        refused.forEach(item -> sensors.remove(node(item).place()));
        var items = present.stream()
                .filter(node -> sensors.add(node.place()))
                .map(this::item)
                .toList();
        if (items.isEmpty()) {
            return 0;
        }
        subscription.addMonitoredItems(items);
        create();
        return (int)
                items.stream().filter(item -> item.getServerState().isPresent()).count();
    }

    private OpcUaMonitoredItem item(SensorNode node) {
        OpcUaMonitoredItem item = OpcUaMonitoredItem.newDataItem(node.id());
        item.setUserObject(node);
        item.setSamplingInterval(sampling.sampling().toMillis());
        item.setQueueSize(uint(sampling.queueSize()));
        item.setDiscardOldest(true);
        filter().ifPresent(item::setFilter);
        return item;
    }

    private Optional<DataChangeFilter> filter() {
        var trigger = sampling.unchanged() ? DataChangeTrigger.StatusValueTimestamp : DataChangeTrigger.StatusValue;
        if (sampling.deadband() instanceof Sampling.Deadband.Absolute absolute) {
            return Optional.of(new DataChangeFilter(trigger, uint(DeadbandType.Absolute.getValue()), absolute.size()));
        }
        if (sampling.deadband() instanceof Sampling.Deadband.Percent percent) {
            return Optional.of(new DataChangeFilter(trigger, uint(DeadbandType.Percent.getValue()), percent.size()));
        }
        return sampling.unchanged()
                ? Optional.of(new DataChangeFilter(trigger, uint(DeadbandType.None.getValue()), 0.0))
                : Optional.empty();
    }

    /** Asks for the items, and without a filter for those that cannot have it, such as a deadband of a Boolean. */
    private StatusCode create() throws InterruptedException {
        StatusCode worst = StatusCode.GOOD;
        boolean again = false;
        for (MonitoredItemServiceOperationResult result : subscription.createMonitoredItems()) {
            StatusCode status = result.operationResult().orElse(result.serviceResult());
            if (result.isGood()) {
                continue;
            }
            OpcUaMonitoredItem item = result.monitoredItem();
            SensorNode node = node(item);
            if (isAboutTheFilter(status) && item.getFilter() != null) {
                LOG.warn("{}: node {} has no deadband: {}", this, node.name(), OpcUaErrors.name(status));
                item.setFilter(null);
                again = true;
            } else {
                worst = status;
                Optional<Decoded> refused = readings.refuse(node, status);
                if (refused.isPresent()) {
                    buffer.put(refused.get(), 1);
                }
            }
        }
        return again ? create() : worst;
    }

    private static boolean isAboutTheFilter(StatusCode status) {
        long code = status.value();
        return code == StatusCodes.Bad_FilterNotAllowed
                || code == StatusCodes.Bad_MonitoredItemFilterUnsupported
                || code == StatusCodes.Bad_MonitoredItemFilterInvalid
                || code == StatusCodes.Bad_DeadbandFilterInvalid;
    }

    /**
     * Waits until the subscription is lost.
     *
     * @return why, or empty if it was not in this time
     */
    Optional<String> awaitEnd(Duration wait) throws InterruptedException {
        long until = System.nanoTime() + wait.toNanos();
        Duration lifetime = (sampling.publishing().compareTo(KEEP_ALIVE) > 0 ? sampling.publishing() : KEEP_ALIVE)
                .multipliedBy(LIFETIME_IN_KEEP_ALIVES);
        while (System.nanoTime() - until < 0) {
            String end = ends.poll(1, TimeUnit.SECONDS);
            if (end != null) {
                return Optional.of(end);
            }
            long since = inactiveSince;
            if (since != 0 && System.nanoTime() - since > lifetime.toNanos()) {
                return Optional.of("the server was away for longer than " + lifetime.toSeconds() + " s");
            }
        }
        return Optional.empty();
    }

    private static SensorNode node(OpcUaMonitoredItem item) {
        return (SensorNode) item.getUserObject().orElseThrow();
    }

    @Override
    public String toString() {
        return client.getConfig().getEndpoint().getEndpointUrl();
    }

    /** Called by Milo, one call at a time; while it waits, Milo asks the server for no more. */
    private final class Listener implements OpcUaSubscription.SubscriptionListener {

        @Override
        public void onDataReceived(OpcUaSubscription from, List<OpcUaMonitoredItem> items, List<DataValue> values) {
            var samples = new ArrayList<ValueDecoder.Sample>(items.size());
            for (int i = 0; i < items.size(); i++) {
                samples.add(new ValueDecoder.Sample(node(items.get(i)), values.get(i)));
            }
            try {
                for (Decoded decoded : readings.read(samples)) {
                    buffer.put(decoded, 1);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error e) {
                // Milo would go on without these values.
                ends.add("values could not be taken: " + e);
                throw e;
            }
        }

        @Override
        public void onNotificationDataLost(OpcUaSubscription from) {
            LOG.warn("{}: the server could not send again what was lost on the way: a gap", SensorSubscription.this);
            readings.lost();
        }

        @Override
        public void onTransferFailed(OpcUaSubscription from, StatusCode status) {
            ends.add("the subscription could not be transferred to a new session: " + OpcUaErrors.name(status));
        }

        @Override
        public void onStatusChanged(OpcUaSubscription from, StatusCode status) {
            if (status.isBad()) {
                ends.add("the server ended the subscription: " + OpcUaErrors.name(status));
            }
        }

        @Override
        public void onWatchdogTimerElapsed(OpcUaSubscription from) {
            ends.add("the server sends neither values nor keep-alives");
        }
    }

    private final class SessionWatch implements SessionActivityListener {

        @Override
        public void onSessionActive(UaSession session) {
            if (inactiveSince != 0) {
                LOG.info("{}: connected again", SensorSubscription.this);
            }
            inactiveSince = 0;
        }

        @Override
        public void onSessionInactive(UaSession session) {
            LOG.warn("{}: connection lost, it is made again", SensorSubscription.this);
            inactiveSince = System.nanoTime() | 1;
        }
    }
}

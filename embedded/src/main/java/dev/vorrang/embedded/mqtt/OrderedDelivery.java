package dev.vorrang.embedded.mqtt;

import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.persistence.impl.journal.OperationContextImpl;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.ServerConsumer;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;

/**
 * Keeps the order of a session's messages. The broker handles them on changing threads, and forwards each when the pending writes
 * of its thread are on disk; there is no order between threads (ARTEMIS-6191). Therefore every thread uses the session's own
 * operation context, which is ordered. Thread-safe.
 */
final class OrderedDelivery implements ActiveMQServerMessagePlugin {

    private volatile ActiveMQServer server;

    @Override
    public void registered(ActiveMQServer broker) {
        server = broker;
    }

    @Override
    public void beforeSend(
            ServerSession session, Transaction tx, Message message, boolean direct, boolean noAutoCreateQueue) {
        OperationContextImpl.setContext(session.getSessionContext());
    }

    @Override
    public void beforeDeliver(ServerConsumer consumer, MessageReference reference) {
        ServerSession session = server.getSessionByID(consumer.getSessionID());
        if (session != null) {
            OperationContextImpl.setContext(session.getSessionContext());
        }
    }
}

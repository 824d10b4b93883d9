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
 * Lets messages go on in the order in which they came. The broker handles a session's messages with one thread after another, and
 * each goes on when what its thread has to write is on disk; between two threads there is no order (ARTEMIS-6191). So every thread
 * uses the session's own account of what is to be written, which has one. Safe for use by many threads.
 */
final class OrderOfMessages implements ActiveMQServerMessagePlugin {

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

package dev.vorrang.connectors.sink;

import dev.vorrang.schemas.Action;
import java.util.List;

/** Where actions are carried out. The thread of one task uses it. */
public interface Target extends AutoCloseable {

    /**
     * Carries out actions; when it returns, the target has them. It may get the same action again, and passes on its id so that the
     * target can tell.
     *
     * @param actions one, or those of a digest
     * @throws DeliveryException if the target does not have them, or may not have them
     */
    void deliver(List<Action> actions) throws DeliveryException, InterruptedException;

    @Override
    void close();
}

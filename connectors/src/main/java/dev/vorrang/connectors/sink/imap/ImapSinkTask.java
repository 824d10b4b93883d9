package dev.vorrang.connectors.sink.imap;

import dev.vorrang.connectors.sink.ActionSinkTask;
import java.util.Map;

/** Changes the mails that the actions of some partitions are about. */
public final class ImapSinkTask extends ActionSinkTask {

    /** Made by Connect. */
    public ImapSinkTask() {}

    @Override
    protected Opened open(Map<String, String> properties) {
        var config = new ImapSinkConfig(properties);
        return new Opened(new ImapTarget(config), config.policy());
    }
}

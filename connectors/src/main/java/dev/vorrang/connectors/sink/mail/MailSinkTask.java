package dev.vorrang.connectors.sink.mail;

import dev.vorrang.connectors.sink.ActionSinkTask;
import java.util.Map;

/** Sends the actions of some partitions as mails. */
public final class MailSinkTask extends ActionSinkTask {

    /** Made by Connect. */
    public MailSinkTask() {}

    @Override
    protected Opened open(Map<String, String> properties) {
        var config = new MailSinkConfig(properties);
        return new Opened(new MailTarget(config), config.policy());
    }
}

package dev.vorrang.connectors.sink.mail;

import dev.vorrang.connectors.settings.SettingProblems;
import dev.vorrang.connectors.sink.ActionSinkConnector;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/**
 * Sends actions as mails to people, each or in digests. Each comes at least once; a mail that comes again has the same Message-ID.
 * {@link MailSinkSettings} has the settings.
 */
public final class MailSinkConnector extends ActionSinkConnector {

    /** Made by Connect. */
    public MailSinkConnector() {}

    @Override
    public Class<? extends Task> taskClass() {
        return MailSinkTask.class;
    }

    @Override
    public ConfigDef config() {
        return MailSinkSettings.DEFINITION;
    }

    @Override
    protected SettingProblems problems(Map<String, String> properties) {
        return MailSinkConfig.problems(properties);
    }
}

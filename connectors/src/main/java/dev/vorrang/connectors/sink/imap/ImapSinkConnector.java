package dev.vorrang.connectors.sink.imap;

import dev.vorrang.connectors.settings.SettingProblems;
import dev.vorrang.connectors.sink.ActionSinkConnector;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/**
 * Carries out actions on mails in the mailbox that they came from: adds keywords and labels, copies, moves. What is done already is
 * not done again. {@link ImapSinkSettings} has the settings.
 */
public final class ImapSinkConnector extends ActionSinkConnector {

    /** Made by Connect. */
    public ImapSinkConnector() {}

    @Override
    public Class<? extends Task> taskClass() {
        return ImapSinkTask.class;
    }

    @Override
    public ConfigDef config() {
        return ImapSinkSettings.DEFINITION;
    }

    @Override
    protected SettingProblems problems(Map<String, String> properties) {
        return ImapSinkConfig.problems(properties);
    }
}

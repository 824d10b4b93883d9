package dev.vorrang.connectors.sink.http;

import dev.vorrang.connectors.settings.SettingProblems;
import dev.vorrang.connectors.sink.ActionSinkConnector;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/**
 * Sends actions as HTTP requests: to a webhook, a chat, a paging service or a ticket system. Each comes at least once; one that
 * comes again has the same {@code Idempotency-Key}. {@link HttpSinkSettings} has the settings.
 */
public final class HttpSinkConnector extends ActionSinkConnector {

    /** Made by Connect. */
    public HttpSinkConnector() {}

    @Override
    public Class<? extends Task> taskClass() {
        return HttpSinkTask.class;
    }

    @Override
    public ConfigDef config() {
        return HttpSinkSettings.DEFINITION;
    }

    @Override
    protected SettingProblems problems(Map<String, String> properties) {
        return HttpSinkConfig.problems(properties);
    }
}

package dev.vorrang.connectors.sink.http;

import dev.vorrang.connectors.sink.ActionSinkTask;
import java.time.Clock;
import java.util.Map;

/** Sends the actions of some partitions as HTTP requests. */
public final class HttpSinkTask extends ActionSinkTask {

    /** Made by Connect. */
    public HttpSinkTask() {}

    @Override
    protected Opened open(Map<String, String> properties) {
        var config = new HttpSinkConfig(properties);
        return new Opened(new HttpTarget(config, Clock.systemUTC()), config.policy());
    }
}

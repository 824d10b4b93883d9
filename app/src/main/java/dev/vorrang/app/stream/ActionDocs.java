package dev.vorrang.app.stream;

import dev.vorrang.app.kit.TopicDocs;
import dev.vorrang.app.kit.TopicDocs.Codes;
import dev.vorrang.app.kit.TopicDocs.Entry;
import dev.vorrang.schemas.Topics;
import java.util.LinkedHashMap;
import java.util.List;

/** What the reference of topics says of actions. */
public final class ActionDocs {

    /** Name of the sink of a topic that stands for one topic for each sink. */
    public static final String SINK = "sink";

    private ActionDocs() {}

    public static TopicDocs of(Topics names) {
        var codes = new LinkedHashMap<String, String>();
        codes.put(
                "gathered",
                "The message is about several records. `count`: of all; `new`: of those that no earlier message contained.");
        codes.put(
                "unacknowledged",
                "Nobody acknowledged in time. `minutes`: the time; `sink`: the sink of the previous message.");
        return new TopicDocs(
                List.of(
                        new Entry(names.actions(SINK), "Actions: the actions of a sink, one topic for each sink."),
                        new Entry(
                                names.actionsDeadLetters(),
                                "Sinks: actions that could not be carried out, with the cause in Connect's headers."),
                        new Entry(
                                names.actionsUndecided(),
                                "Actions: scored records and desk events (MQTT messages included) that could not be decoded, or on which a condition failed."),
                        new Entry(
                                names.deskEvents(),
                                "The console, links of actions, `POST /desk/events`, messages of an MQTT broker, or your own program: what people did with records."),
                        new Entry(names.deskState(), "Actions: the state of each record.")),
                List.of(new Codes("Action", codes)));
    }
}

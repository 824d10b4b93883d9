package dev.vorrang.app.streams.mail.score;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.text.ForeignText;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailPrediction.Head;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A scored mail as one line of JSON. What a model without the head cannot say is null. After the fields that every line has come
 * sentimentConfidence, queues, topicWords and sentimentWords (lists of word and effect, empty if the model does not explain) and, from
 * a model with that head, urgency, urgencies and urgencyWords, stake, stakes and stakeWords, priorities and priorityWords. A mail for
 * which the model failed has only id and error.
 */
final class ScoreLine {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ScoreLine() {}

    static String of(MailScore score, MailPrediction prediction) {
        Optional<Head> topic = prediction.topic();
        Optional<Head> sentiment = prediction.sentiment();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("id", score.getId());
        fields.put("topic", topic.map(Head::label).orElse(null));
        fields.put("topicConfidence", topic.map(Head::confidence).orElse(null));
        fields.put("topics", topic.map(Head::byLabel).orElse(null));
        fields.put("sentiment", sentiment.map(Head::label).orElse(null));
        fields.put("sentiments", sentiment.map(Head::byLabel).orElse(null));
        fields.put("priority", score.getPriority().name());
        fields.put("priorityScore", score.getPriorityScore());
        fields.put("abstained", score.getAbstained());
        fields.put("reasons", score.getReasons());
        fields.put(
                "model",
                Map.of(
                        "name",
                        score.getModel().getName(),
                        "version",
                        score.getModel().getVersion()));
        fields.put("sentimentConfidence", sentiment.map(Head::confidence).orElse(null));
        fields.put("queues", score.getQueues());
        fields.put("topicWords", topic.map(Head::words).orElse(null));
        fields.put("sentimentWords", sentiment.map(Head::words).orElse(null));
        fields.put("language", score.getLanguage());
        prediction.urgency().ifPresent(head -> {
            fields.put("urgency", head.label());
            fields.put("urgencies", head.byLabel());
            fields.put("urgencyWords", head.words());
        });
        prediction.stake().ifPresent(head -> {
            fields.put("stake", head.label());
            fields.put("stakes", head.byLabel());
            fields.put("stakeWords", head.words());
        });
        prediction.priority().ifPresent(head -> {
            fields.put("priorities", head.byLabel());
            fields.put("priorityWords", head.words());
        });
        return json(fields);
    }

    /** A mail for which the model failed. */
    static String failed(String id, RuntimeException cause) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("id", id);
        fields.put("error", ForeignText.lines(String.valueOf(cause.getMessage())));
        return json(fields);
    }

    private static String json(Map<String, Object> fields) {
        try {
            return JSON.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings, numbers, lists and maps have a JSON form", e);
        }
    }
}

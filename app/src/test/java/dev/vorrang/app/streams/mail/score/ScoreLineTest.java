package dev.vorrang.app.streams.mail.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Position;
import dev.vorrang.scoring.engine.Prediction;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailPrediction.Head;
import dev.vorrang.scoring.mail.MailPrediction.WordEffect;
import dev.vorrang.scoring.mail.MailTriage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScoreLineTest {

    private static final Optional<Head> TOPIC = head("outage", "praise", new WordEffect("down", 2.5f));
    private static final Optional<Head> PRIORITY = head("high", "low", new WordEffect("\"}\n\u001b[2J", -1));

    @Test
    void shouldNameTheWordsThatMovedEachAnswer() throws IOException {
        JsonNode line = line(new MailPrediction(TOPIC, head("negative", "positive"), PRIORITY));

        assertThat(line.get("topicWords")).hasToString("[{\"word\":\"down\",\"effect\":2.5}]");
        assertThat(line.get("sentimentWords")).isEmpty();
        assertThat(line.get("priorities")).hasToString("{\"high\":0.75,\"low\":0.25}");
        assertThat(line.at("/priorityWords/0/word").asText()).isEqualTo("\"}\n\u001b[2J");
        assertThat(line.at("/priorityWords/0/effect").floatValue()).isEqualTo(-1);
    }

    @Test
    void shouldSayNothingOfHeadsThatTheModelLacks() throws IOException {
        JsonNode line = line(new MailPrediction(TOPIC, Optional.empty(), Optional.empty()));

        assertThat(line.get("sentimentWords").isNull()).isTrue();
        assertThat(line.has("priorities")).isFalse();
        assertThat(line.has("priorityWords")).isFalse();
    }

    private static JsonNode line(MailPrediction prediction) throws IOException {
        var mail = EmailMessage.newBuilder()
                .setId("0")
                .setThread("0")
                .setSource("file:/mail#1")
                .setReceivedAt(Instant.EPOCH)
                .build();
        var score = MailTriage.defaults()
                .assess(
                        mail,
                        new Prediction<>(prediction, List.of(new ModelRef("m", "1"))),
                        0,
                        new Position("score", 0, 0L),
                        Instant.EPOCH);
        String line = ScoreLine.of(score, prediction);
        assertThat(line).doesNotContain("\n", "\u001b");
        return new ObjectMapper().readTree(line);
    }

    private static Optional<Head> head(String label, String other, WordEffect... words) {
        return Optional.of(new Head(List.of(label, other), new float[] {0.75f, 0.25f}, 0, false, List.of(words)));
    }
}

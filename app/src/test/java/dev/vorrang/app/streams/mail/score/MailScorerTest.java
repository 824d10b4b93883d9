package dev.vorrang.app.streams.mail.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.scoring.engine.Model;
import dev.vorrang.scoring.engine.ModelSlot;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.engine.batch.ModelFailingException;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.MailTriage;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MailScorerTest {

    private static final MailPrediction PREDICTION = new MailPrediction(
            Optional.of(new MailPrediction.Head(
                    List.of("order", "outage"), new float[] {0.25f, 0.75f}, 1, false, List.of())),
            Optional.empty(),
            Optional.empty());

    @Test
    void shouldScoreTheOtherMailsWhereOneBreaksTheModel() throws IOException {
        var scorer = scorer("mail 3");

        var lines = score(scorer, 300);

        assertThat(lines).hasSize(300);
        assertThat(lines.get(3).get("id").asText()).isEqualTo("id-3");
        assertThat(lines.get(3).get("error").asText()).isEqualTo("the model chokes");
        assertThat(lines.stream().filter(line -> line.has("topic"))).hasSize(299);
        assertThat(lines.get(4).at("/model/version").asText()).isEqualTo("7");
        assertThat(scorer.failures()).containsExactly("mail 4 (id id-3): the model fails for it: the model chokes");
    }

    @Test
    void shouldEndWhereTheModelIsBroken() {
        assertThatThrownBy(() -> score(scorer(""), 3))
                .isInstanceOf(ModelFailingException.class)
                .hasMessageContaining("the model chokes");
    }

    private static MailScorer scorer(String poison) {
        Model<MailText, MailPrediction> model = Model.of(new ModelRef("echo", "7"), new MailText("", ""), texts -> {
            if (texts.stream().anyMatch(text -> text.subject().endsWith(poison))) {
                throw new IllegalArgumentException("the model chokes");
            }
            return texts.stream().map(text -> PREDICTION).toList();
        });
        return new MailScorer(
                new ModelSlot<>(model, BatchSettings.defaults()), MailTriage.defaults(), Clock.systemUTC());
    }

    private static List<JsonNode> score(MailScorer scorer, int count) throws IOException {
        Iterator<EmailMessage> mails = IntStream.range(0, count)
                .mapToObj(number -> EmailMessage.newBuilder()
                        .setId("id-" + number)
                        .setThread("t")
                        .setSource("file:/mails#" + number)
                        .setReceivedAt(Instant.EPOCH)
                        .setSubject("This is mail " + number)
                        .build())
                .iterator();
        var reader = new MailReader() {
            @Override
            public Optional<EmailMessage> next() {
                return mails.hasNext() ? Optional.of(mails.next()) : Optional.empty();
            }

            @Override
            public void close() {}
        };
        var out = new StringWriter();
        assertThat(scorer.score(reader, out, size -> {})).isEqualTo(count);
        var lines = new ArrayList<JsonNode>();
        for (String line : out.toString().split("\n")) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }
}

package dev.vorrang.scoring.mail.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.scoring.mail.MailPrediction.Head;
import dev.vorrang.scoring.mail.MailPrediction.WordEffect;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.model.ExplainingModel.Change;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.scoring.model.ModelRefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

class WordEffectsTest {

    private static final ModelOptions NO_WARM_UP =
            new ModelOptions(List.of(), OptionalInt.of(1), OptionalInt.empty(), Optional.empty());

    @TempDir
    private Path folder;

    @Test
    void shouldNameTheStrongestWordsOfEachMail() throws IOException {
        ExplainingModel.write(folder);

        assertThat(words("I am a displeased customer, sir", "", "nothing", "none none"))
                .containsExactly(
                        // The effects of am, sir and of the words of one letter are -2, -1 and -3.
                        List.of(
                                new WordEffect("displeased", 6),
                                new WordEffect("customer,", 5),
                                new WordEffect("I", -3)),
                        List.of(),
                        List.of(new WordEffect("nothing", 3)),
                        List.of());
    }

    @Test
    void shouldLeaveOutWordsThatSayLittle() throws IOException {
        ExplainingModel.write(folder);

        assertThat(words("incomprehensibilities words"))
                .containsExactly(List.of(new WordEffect("incomprehensibilities", 17)));
    }

    @Test
    void shouldNameAWordOnce() throws IOException {
        ExplainingModel.write(folder);

        assertThat(words("waiting waiting since always, waiting"))
                .containsExactly(List.of(
                        new WordEffect("waiting", 3), new WordEffect("always,", 3), new WordEffect("since", 1)));
    }

    @Test
    void shouldCutALongWordAndTakeAnyBytes() throws IOException {
        ExplainingModel.write(folder);

        List<String> named = words("x".repeat(900), "a" + "𝒜".repeat(60), "lone\ud83dsurrogate\0nul").stream()
                .map(words -> words.get(0).word())
                .toList();

        assertThat(named)
                .containsExactly("x".repeat(WordEffects.LONGEST) + "…", "a" + "𝒜".repeat(19) + "…", "lone?surrogate");
    }

    @Test
    void shouldGiveTheSameAnswersWithAndWithoutWords() throws IOException {
        ExplainingModel.write(folder);
        var mail = List.of(new MailText("Subject", "Some words of a mail"));
        try (var explaining = MailModel.load(folder, NO_WARM_UP);
                var plain = MailModel.load(folder, NO_WARM_UP.withExplain(false))) {
            Head explained = explaining.apply(mail).get(0).topic().orElseThrow();
            Head bare = plain.apply(mail).get(0).topic().orElseThrow();

            assertThat(explaining.explains()).isTrue();
            assertThat(plain.explains()).isFalse();
            assertThat(explained.words()).isNotEmpty();
            assertThat(bare.words()).isEmpty();
            assertThat(explained.probabilities()).isEqualTo(bare.probabilities());
        }
    }

    @Test
    void shouldNameNoWordsWhereTheModelCannot() throws IOException {
        TinyModel.write(folder);
        try (var model = MailModel.load(folder, NO_WARM_UP)) {
            assertThat(model.explains()).isFalse();
            assertThat(model.apply(List.of(new MailText("a", "b")))
                            .get(0)
                            .topic()
                            .orElseThrow()
                            .words())
                    .isEmpty();
        }
    }

    @Test
    void shouldRefuseASignatureThatIsNotAsAgreed() throws IOException {
        refused("no-effect", (tf, outputs) -> outputs.remove("effect.topic"), "output 'effect.topic' is missing");
        refused(
                "wide",
                (tf, outputs) ->
                        outputs.put("effect.topic", tf.dtypes.cast(outputs.get("effect.topic"), TFloat64.class)),
                "output 'effect.topic' is double [-1] in its signature 'explain', expected float32 [-1]");
        refused(
                "short",
                (tf, outputs) -> outputs.put("mail", tf.dtypes.cast(outputs.get("mail"), TInt32.class)),
                "output 'mail' is int32 [-1] in its signature 'explain', expected int64 [-1]");
        refused(
                "column",
                (tf, outputs) -> outputs.put("word", tf.expandDims(outputs.get("word"), tf.constant(1))),
                "output 'word' is string [-1, 1] in its signature 'explain', expected string [-1]");
        refused("no-head", (tf, outputs) -> outputs.remove("topic"), "output 'topic' is missing");
        refused(
                "more",
                (tf, outputs) -> outputs.put("effect.mood", outputs.get("effect.topic")),
                "output 'effect.mood' in its signature 'explain' is not known");
    }

    @Test
    void shouldServeABadSignatureWhereItIsNotAskedForWords() throws IOException {
        ExplainingModel.write(folder, (tf, outputs) -> outputs.remove("effect.topic"));

        MailModel.load(folder, NO_WARM_UP.withExplain(false)).close();
    }

    @Test
    void shouldRaiseAnErrorWhereWordsDoNotFitTheMails() throws IOException {
        fails("beyond", (tf, outputs) -> add(tf, outputs, 96L), "'mail' of the model has 96 at 0, allowed is 0 to 95");
        fails("negative", (tf, outputs) -> add(tf, outputs, -1L), "'mail' of the model has -1 at 0");
        fails(
                "longer",
                (tf, outputs) -> outputs.put(
                        "effect.topic",
                        tf.concat(List.of(effects(tf, outputs), tf.constant(new float[] {1})), tf.constant(0))),
                "output 'effect.topic' of the model has the shape [3] instead of [2]");
        fails(
                "nan",
                (tf, outputs) -> outputs.put("effect.topic", tf.math.mul(effects(tf, outputs), tf.constant(Float.NaN))),
                "'effect.topic' of the model has NaN at 0");
    }

    private static Operand<TFloat32> effects(Ops tf, Map<String, Operand<?>> outputs) {
        return tf.dtypes.cast(outputs.get("effect.topic"), TFloat32.class);
    }

    private static void add(Ops tf, Map<String, Operand<?>> outputs, long more) {
        outputs.put("mail", tf.math.add(tf.dtypes.cast(outputs.get("mail"), TInt64.class), tf.constant(more)));
    }

    private List<List<WordEffect>> words(String... bodies) {
        try (var model = MailModel.load(folder, NO_WARM_UP)) {
            return model
                    .apply(Stream.of(bodies).map(body -> new MailText("", body)).toList())
                    .stream()
                    .map(prediction -> prediction.topic().orElseThrow().words())
                    .toList();
        }
    }

    private void refused(String name, Change change, String message) throws IOException {
        Path bad = folder.resolve(name);
        ExplainingModel.write(bad, change);
        assertThatThrownBy(() -> MailModel.load(bad, NO_WARM_UP))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("'explain'");
    }

    private void fails(String name, Change change, String message) throws IOException {
        Path bad = folder.resolve(name);
        ExplainingModel.write(bad, change);
        try (var model = MailModel.load(bad, NO_WARM_UP)) {
            assertThatThrownBy(() -> model.apply(List.of(new MailText("", "two words"))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(message);
        }
        assertThatThrownBy(() -> MailModel.load(bad, ModelOptions.defaults()))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("warm-up");
    }
}

package dev.vorrang.scoring.mail.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.model.ModelOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.data.Offset;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** A model that takes tokens, from its tokenizer to its score. The logit of the first label is the mean id by 10. */
class TokenModelTest {

    private static final int WORD_PIECES = 10;
    private static final Offset<Float> ABOUT = within(0.01f);

    @TempDir
    private Path folder;

    @Test
    void shouldFeedSubjectAndBodyAsAPair() throws IOException {
        TokenizerFiles.wordPiece(folder);
        TinyTokenModel.write(folder, TInt64.class, WORD_PIECES, "topic", false);
        try (var model = load("int64", TinyTokenModel.tokens(WORD_PIECES), "topic", 1, false)) {
            // [CLS] printer [SEP] toner [UNK] [SEP]
            assertThat(mean(model, new MailText("Printer", "TONER what")))
                    .isCloseTo((2 + 4 + 3 + 6 + 1 + 3) / 6f, ABOUT);
            assertThat(mean(model, new MailText("", ""))).isCloseTo((2 + 3 + 3) / 3f, ABOUT);
        }
    }

    @Test
    void shouldFeedOneTextIfTheCardSaysSo() throws IOException {
        TokenizerFiles.wordPiece(folder);
        TinyTokenModel.write(folder, TInt64.class, WORD_PIECES, "topic", false);
        var single = new MailCard.Tokens(40, WORD_PIECES, Optional.of(false), Optional.empty());
        try (var model = load("int64", single, "topic", 1, false)) {
            assertThat(mean(model, new MailText("printer", "toner"))).isCloseTo((2 + 4 + 6 + 3) / 4f, ABOUT);
        }
    }

    @Test
    void shouldTakeABpeTokenizerThatAddsNoTokensAndInputsOfInt32() throws IOException {
        Path file = TokenizerFiles.bpe(folder);
        int vocabulary = TokenizerFile.read(file).largestId() + 1;
        TinyTokenModel.write(folder, TInt32.class, vocabulary, "topic", false);
        try (var model = load("int32", TinyTokenModel.tokens(vocabulary), "topic", 1, false)) {
            // z is the 26th letter, after <unk> and <pad>.
            assertThat(mean(model, new MailText("z", "z b"))).isCloseTo((27 + 27 + 3) / 3f, ABOUT);
            assertThat(mean(model, new MailText("toner", ""))).isGreaterThan(27f);
            assertThat(mean(model, new MailText("", "")))
                    .as("padding stands in for no token at all")
                    .isCloseTo(1, ABOUT);
        }
    }

    @Test
    void shouldTellThePartsApartIfTheModelAsks() throws IOException {
        TokenizerFiles.wordPiece(folder);
        TinyTokenModel.write(folder, TInt64.class, WORD_PIECES, "logits", true);
        try (var model = load("int64", TinyTokenModel.tokens(WORD_PIECES), "logits", 1, true)) {
            // Both logits grow by the number of tokens of the body, which the softmax does not see: they must be fed at
            // all.
            assertThat(mean(model, new MailText("printer", "toner"))).isCloseTo((2 + 4 + 3 + 6 + 3) / 5f, ABOUT);
        }
    }

    @Test
    void shouldDivideLogitsByTheTemperature() throws IOException {
        TokenizerFiles.wordPiece(folder);
        TinyTokenModel.write(folder, TInt64.class, WORD_PIECES, "logits", false);
        var mail = new MailText("printer", "toner");
        double difference;
        try (var model = load("int64", TinyTokenModel.tokens(WORD_PIECES), "logits", 1, false)) {
            difference = logit(model, mail);
            assertThat(difference).isCloseTo(18 / 5.0 / 10 - 1, within(1e-4));
        }
        try (var model = load("int64", TinyTokenModel.tokens(WORD_PIECES), "logits", 4, false)) {
            assertThat(logit(model, mail)).isCloseTo(difference / 4, within(1e-4));
        }
    }

    @Test
    void shouldAnswerInTheOrderOfTheMailsWhateverTheirLengths() throws IOException {
        TokenizerFiles.wordPiece(folder);
        TinyTokenModel.write(folder, TInt64.class, WORD_PIECES, "topic", false);
        var random = new Random(3);
        var mails = new ArrayList<MailText>();
        for (int i = 0; i < 300; i++) {
            var body = new StringBuilder();
            for (int word = random.nextInt(60); word > 0; word--) {
                body.append(TokenizerFiles.WORDS.get(random.nextInt(6))).append(' ');
            }
            mails.add(new MailText(TokenizerFiles.WORDS.get(random.nextInt(6)), body.toString()));
        }
        try (var model = load("int64", TinyTokenModel.tokens(WORD_PIECES), "topic", 1, false)) {
            List<MailPrediction> together = model.apply(mails);
            assertThat(together).hasSize(mails.size());
            for (int i = 0; i < mails.size(); i++) {
                float[] alone = topic(model.apply(List.of(mails.get(i))).get(0));
                assertThat(topic(together.get(i))).containsExactly(alone, within(1e-6f));
            }
        }
    }

    @Test
    void shouldTakeAnyText() throws IOException {
        var odd = List.of(
                new MailText("", ""),
                new MailText("a\0b", "\0"),
                new MailText("🔥", "👩‍👩‍👧 ok"),
                new MailText("\ud83d", "lone \udc00 surrogates \ud83d"),
                new MailText("[SEP] [PAD]", "<pad> [CLS]"),
                new MailText("s".repeat(1 << 20), "b ".repeat(1 << 19)));
        for (boolean wordPiece : new boolean[] {true, false}) {
            Path own = folder.resolve("" + wordPiece);
            Path file = wordPiece ? TokenizerFiles.wordPiece(own) : TokenizerFiles.bpe(own);
            int vocabulary = TokenizerFile.read(file).largestId() + 1;
            TinyTokenModel.write(own, TInt64.class, vocabulary, "topic", false);
            TinyTokenModel.writeCard(own, "int64", TinyTokenModel.tokens(vocabulary), "topic", 1, false);
            try (var model = MailModel.load(own, ModelOptions.defaults())) {
                assertThat(model.apply(odd)).hasSize(odd.size());
                odd.forEach(mail -> assertThat(model.apply(List.of(mail))).hasSize(1));
            }
        }
    }

    @Test
    void shouldCutAtTheLongestThatTheModelReads() throws IOException {
        TokenizerFiles.wordPiece(folder);
        TinyTokenModel.write(folder, TInt64.class, WORD_PIECES, "topic", false);
        try (var model = load("int64", TinyTokenModel.tokens(WORD_PIECES), "topic", 1, false)) {
            // 40 tokens: [CLS] printer [SEP], nine times the four words, [SEP]; ten of a word are not thinned
            assertThat(mean(model, new MailText("printer", "printer paper toner invoice ".repeat(10) + "refund")))
                    .isCloseTo((2 + 4 + 3 + 9 * (4 + 5 + 6 + 7) + 3) / 40f, ABOUT);
        }
    }

    @Test
    void shouldScoreForSeveralThreadsAtOnce() throws Exception {
        TokenizerFiles.wordPiece(folder);
        TinyTokenModel.write(folder, TInt64.class, WORD_PIECES, "topic", false);
        var threads = Executors.newFixedThreadPool(4);
        try (var model = load("int64", TinyTokenModel.tokens(WORD_PIECES), "topic", 1, false)) {
            var results = new ArrayList<Future<Float>>();
            for (int i = 0; i < 200; i++) {
                int words = i % 10;
                results.add(threads.submit(() -> mean(model, new MailText("printer", "paper ".repeat(words)))));
            }
            for (int i = 0; i < results.size(); i++) {
                int words = i % 10;
                assertThat(results.get(i).get()).isCloseTo((2 + 4 + 3 + 5 * words + 3) / (4f + words), ABOUT);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void shouldLeaveNothingOfTheTokenizerLibraryBehind() {
        TokenizerLibrary.get();
        // Other processes may be loading it at this very moment.
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
            try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
                return files.noneMatch(file -> file.getFileName().toString().startsWith("vorrang-tokenizers"));
            }
        });
    }

    private MailModel load(String type, MailCard.Tokens tokens, String output, double temperature, boolean types) {
        TinyTokenModel.writeCard(folder, type, tokens, output, temperature, types);
        return MailModel.load(folder, ModelOptions.defaults());
    }

    private static float[] topic(MailPrediction prediction) {
        return prediction.topic().orElseThrow().probabilities();
    }

    /** Difference of the logits, from the probabilities. */
    private static double logit(MailModel model, MailText mail) {
        float[] probabilities = topic(model.apply(List.of(mail)).get(0));
        return Math.log(probabilities[0] / probabilities[1]);
    }

    /** Mean token id of a mail, from the probabilities. */
    private static float mean(MailModel model, MailText mail) {
        return (float) (10 * (logit(model, mail) + 1));
    }
}

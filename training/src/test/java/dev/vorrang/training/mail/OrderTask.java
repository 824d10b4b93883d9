package dev.vorrang.training.mail;

import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.model.MailCard;
import dev.vorrang.scoring.model.ModelCard;
import dev.vorrang.scoring.model.ModelCards;
import dev.vorrang.training.mail.TransformerTraining.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A task that no bag of words can do: every mail says that something was lost and that something was paid, and its label is which
 * of the two came first. With the tokenizer (WordPiece) that knows its words, and a transformer trained on it.
 */
final class OrderTask {

    static final List<String> LABELS = List.of("lost-first", "paid-first");

    private static final List<String> FILLERS =
            List.of("the", "card", "was", "and", "then", "my", "hello", "please", "today", "again", "bill", "thanks");
    private static final List<String> VOCABULARY = new ArrayList<>(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]"));

    static {
        VOCABULARY.addAll(FILLERS);
        VOCABULARY.addAll(List.of("lost", "paid"));
    }

    static final SmallTransformer.Size SIZE = new SmallTransformer.Size(VOCABULARY.size(), 32, 64, 2, 2, 2);

    private static final int BATCH = 64;
    private static final int STEPS = 250;

    private OrderTask() {}

    /** A mail, and the place of its label. */
    record Row(MailText mail, int label) {}

    /** Rows of both labels, the same for the same seed. */
    static List<Row> rows(int count, long seed) {
        var random = new Random(seed);
        var rows = new ArrayList<Row>();
        for (int i = 0; i < count; i++) {
            var words = new ArrayList<String>();
            int length = 2 + random.nextInt(20);
            for (int word = 0; word < length; word++) {
                words.add(FILLERS.get(random.nextInt(FILLERS.size())));
            }
            int first = random.nextInt(length - 1);
            int second = first + 1 + random.nextInt(length - 1 - first);
            int label = random.nextInt(2);
            words.set(first, label == 0 ? "lost" : "paid");
            words.set(second, label == 0 ? "paid" : "lost");
            String subject = FILLERS.get(random.nextInt(FILLERS.size()));
            rows.add(new Row(new MailText(subject, String.join(" ", words)), label));
        }
        return rows;
    }

    /** Writes a trained model with tokenizer and card. */
    static MailCard writeModel(Path folder) throws IOException {
        var batches = new ArrayList<Batch>();
        for (int step = 0; step < STEPS; step++) {
            batches.add(batch(rows(BATCH, 1_000 + step)));
        }
        Map<String, float[]> trained = TransformerTraining.train(SIZE, TransformerTraining.initial(SIZE, 1), batches);
        TransformerTraining.export(SIZE, trained, folder);
        writeTokenizer(folder);
        return writeCard(folder, SIZE, Optional.empty());
    }

    /** Writes a card for a transformer with two labels, which gives logits. */
    static MailCard writeCard(Path folder, SmallTransformer.Size size, Optional<List<Integer>> buckets) {
        List<Long> batchAndLength = List.of(-1L, -1L);
        var card = new MailCard(
                "order",
                "1",
                MailCard.MAIL_TASK,
                "Which came first",
                new ModelCard.Signature(
                        List.of(
                                new ModelCard.TensorSpec("input_ids", "int64", batchAndLength),
                                new ModelCard.TensorSpec("attention_mask", "int64", batchAndLength)),
                        List.of(new ModelCard.TensorSpec("logits", "float32", List.of(-1L, (long) LABELS.size())))),
                Map.of("topic", new MailCard.Head(LABELS, 1, 0)),
                new MailCard.Limits(500, 4_000),
                new ModelCard.Training("none", 0, 0, List.of()),
                List.of(),
                ModelCards.hashes(folder),
                Optional.of(new MailCard.Tokens(size.maxLength(), size.vocabulary(), Optional.empty(), buckets)));
        ModelCards.write(folder, card);
        return card;
    }

    static void writeTokenizer(Path folder) throws IOException {
        String vocabulary = IntStream.range(0, VOCABULARY.size())
                .mapToObj(id -> "\"%s\": %d".formatted(VOCABULARY.get(id), id))
                .collect(Collectors.joining(", ", "{", "}"));
        Path file = folder.resolve(ModelCards.TOKENIZER);
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
                 "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
                   "strip_accents": null, "lowercase": true},
                 "pre_tokenizer": {"type": "BertPreTokenizer"},
                 "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]},
                 "decoder": null,
                 "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                   "max_input_chars_per_word": 100, "vocab": %s}}
                """.formatted(vocabulary));
    }

    /** Tokens as the tokenizer gives them: {@code [CLS] subject [SEP] body [SEP]}. */
    private static Batch batch(List<Row> rows) {
        List<long[]> tokens = rows.stream()
                .map(row -> ("[CLS] " + row.mail().subject() + " [SEP] "
                                + row.mail().body() + " [SEP]")
                        .split(" "))
                .map(words ->
                        Arrays.stream(words).mapToLong(VOCABULARY::indexOf).toArray())
                .toList();
        int longest = tokens.stream().mapToInt(row -> row.length).max().orElseThrow();
        return new Batch(
                tokens.stream().map(row -> Arrays.copyOf(row, longest)).toArray(long[][]::new),
                tokens.stream()
                        .map(row -> {
                            var mask = new long[longest];
                            Arrays.fill(mask, 0, row.length, 1);
                            return mask;
                        })
                        .toArray(long[][]::new),
                rows.stream().mapToInt(Row::label).toArray());
    }
}

package dev.vorrang.training.mail;

import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.model.MailModel;
import dev.vorrang.scoring.model.ModelOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/**
 * What buckets of lengths save: a transformer of 4 layers, 128 wide, with random weights scores the same batches of mails, once in
 * buckets and once padded to the longest mail of the batch, in turns. Lengths are log-normal with a median of 40 words, cut at 254
 * tokens of 256, as mails are: many short ones, a few long. Prints mails/s of both and their ratio. Run it by hand from the
 * module's folder, after {@code mvn test-compile}, with the class path of the tests:
 * {@code java -cp … dev.vorrang.training.mail.LengthBucketBenchmark}.
 */
final class LengthBucketBenchmark {

    private static final SmallTransformer.Size SIZE =
            new SmallTransformer.Size(OrderTask.SIZE.vocabulary(), 256, 128, 4, 4, 2);
    private static final int BATCH = 64;
    private static final int BATCHES = 8;
    private static final int ROUNDS = 3;

    private LengthBucketBenchmark() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("length-buckets");
        Path buckets = model(folder.resolve("buckets"), Optional.empty());
        Path padded = model(folder.resolve("padded"), Optional.of(List.of(SIZE.maxLength())));
        List<List<MailText>> batches = batches();
        var options = new ModelOptions(List.of(1, BATCH), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
        try (var inBuckets = MailModel.load(buckets, options);
                var toLongest = MailModel.load(padded, options)) {
            double bucketSeconds = 0;
            double paddedSeconds = 0;
            for (int round = 0; round < ROUNDS; round++) {
                bucketSeconds += seconds(inBuckets, batches);
                paddedSeconds += seconds(toLongest, batches);
            }
            int mails = ROUNDS * BATCHES * BATCH;
            System.out.printf(
                    "in buckets %.0f mails/s, padded to the longest of the batch %.0f mails/s, ratio %.2f%n",
                    mails / bucketSeconds, mails / paddedSeconds, paddedSeconds / bucketSeconds);
        }
    }

    private static Path model(Path folder, Optional<List<Integer>> buckets) throws Exception {
        TransformerTraining.export(SIZE, TransformerTraining.initial(SIZE, 1), folder);
        OrderTask.writeTokenizer(folder);
        OrderTask.writeCard(folder, SIZE, buckets);
        return folder;
    }

    private static List<List<MailText>> batches() {
        var random = new Random(1);
        var batches = new ArrayList<List<MailText>>();
        for (int batch = 0; batch < BATCHES; batch++) {
            var mails = new ArrayList<MailText>();
            for (int mail = 0; mail < BATCH; mail++) {
                int words = (int) Math.round(40 * Math.exp(0.9 * random.nextGaussian()));
                mails.add(new MailText("my card", "card ".repeat(Math.max(1, words))));
            }
            batches.add(mails);
        }
        return batches;
    }

    private static double seconds(MailModel model, List<List<MailText>> batches) {
        long start = System.nanoTime();
        batches.forEach(model::apply);
        return (System.nanoTime() - start) / 1e9;
    }
}

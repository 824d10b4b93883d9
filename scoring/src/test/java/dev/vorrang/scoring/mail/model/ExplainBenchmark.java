package dev.vorrang.scoring.mail.model;

import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.model.ModelOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What naming words costs: mails a second of one model with and without it, side by side in one run, in batches of 256 and one by
 * one. Rounds alternate, so that both share whatever else the machine does; the median round counts. Mails have 60 words of a list
 * of 2,000 made-up ones, the seed is fixed. Run it from the module's folder, after {@code mvn test-compile}, with the class path
 * of the tests: {@code java -cp … dev.vorrang.scoring.model.ExplainBenchmark FOLDER_OF_A_MODEL [THREADS]}.
 */
final class ExplainBenchmark {

    private static final int ROUNDS = 15;
    private static final int MAILS = 2_560;
    private static final int SINGLE_MAILS = 256;

    private ExplainBenchmark() {}

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        var options = new ModelOptions(
                List.of(1, 256),
                arguments.length > 1
                        ? java.util.OptionalInt.of(Integer.parseInt(arguments[1]))
                        : java.util.OptionalInt.empty(),
                java.util.OptionalInt.empty(),
                java.util.Optional.empty());
        try (var explaining = MailModel.load(folder, options);
                var plain = MailModel.load(folder, options.withExplain(false))) {
            if (!explaining.explains()) {
                System.out.println("model at " + folder + " names no words: it has no signature 'explain'");
                return;
            }
            compare("batches of 256", plain, explaining, mails(MAILS), 256);
            compare("one by one", plain, explaining, mails(SINGLE_MAILS), 1);
        }
    }

    private static void compare(
            String scenario, MailModel plain, MailModel explaining, List<MailText> mails, int batch) {
        var without = new double[ROUNDS];
        var with = new double[ROUNDS];
        run(plain, mails, batch);
        run(explaining, mails, batch);
        for (int round = 0; round < ROUNDS; round++) {
            without[round] = run(plain, mails, batch);
            with[round] = run(explaining, mails, batch);
        }
        double rateWithout = mails.size() / median(without);
        double rateWith = mails.size() / median(with);
        System.out.printf(
                "%-16s %8.0f mails/s without words, %8.0f with, ratio %.2f%n",
                scenario, rateWithout, rateWith, rateWithout / rateWith);
    }

    /** Seconds that it takes. */
    private static double run(MailModel model, List<MailText> mails, int batch) {
        long start = System.nanoTime();
        for (int from = 0; from < mails.size(); from += batch) {
            model.apply(mails.subList(from, Math.min(from + batch, mails.size())));
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(double[] seconds) {
        Arrays.sort(seconds);
        return seconds[seconds.length / 2];
    }

    private static List<MailText> mails(int count) {
        var random = new Random(1);
        var words = new ArrayList<String>();
        for (int i = 0; i < 2_000; i++) {
            words.add(random.ints(3 + random.nextInt(8), 'a', 'z' + 1)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString());
        }
        var mails = new ArrayList<MailText>();
        for (int i = 0; i < count; i++) {
            mails.add(new MailText(text(words, 6, random), text(words, 54, random)));
        }
        return mails;
    }

    private static String text(List<String> words, int count, Random random) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(words.get(random.nextInt(words.size()))).append(i % 12 == 11 ? ". " : " ");
        }
        return text.toString();
    }
}

package dev.vorrang.training.mail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Chooses the rows of each pass. With one data set a pass is a part of it in random order, and the next pass goes on where it
 * ended. With several, a set of n rows gets a share of the pass that grows as n to the power of 0.3, so that a small set is not
 * drowned by a large one (Arivazhagan et al., Massively Multilingual Neural Machine Translation in the Wild, 2019, section 4.2).
 * The same rows and seed give the same passes.
 */
final class Sampler {

    /** Rows of a pass at most: so often is the validation part looked at. */
    private static final int LARGEST_PASS = 25_000;

    private static final double SHARE = 0.3;

    private final List<List<LabelledMail>> dataSets = new ArrayList<>();
    private final int[] next;
    private final int[] draws;
    private final Random random;

    /** @param pools of each data set */
    Sampler(List<LabelledMail> rows, List<Integer> pools, Random random) {
        this.random = random;
        for (int pool = 0; pool < pools.size(); pool++) {
            int number = pool;
            dataSets.add(new ArrayList<>(rows.stream()
                    .filter(row -> pools.get(row.dataSet()) == number)
                    .toList()));
        }
        int pass = Math.min(rows.size(), LARGEST_PASS);
        double[] shares = dataSets.stream().mapToDouble(Sampler::share).toArray();
        double all = Arrays.stream(shares).sum();
        draws = Arrays.stream(shares)
                .mapToInt(share -> (int) Math.round(pass * share / all))
                .toArray();
        next = new int[pools.size()];
    }

    /** Altered texts make a set more varied, not larger. */
    private static double share(List<LabelledMail> set) {
        return Math.pow(set.stream().filter(row -> !row.variant()).count(), SHARE);
    }

    /** Rows of the next pass, in random order. */
    List<LabelledMail> pass() {
        var pass = new ArrayList<LabelledMail>();
        for (int dataSet = 0; dataSet < draws.length; dataSet++) {
            List<LabelledMail> rows = dataSets.get(dataSet);
            for (int drawn = 0; drawn < draws[dataSet] && !rows.isEmpty(); drawn++) {
                int place = next[dataSet]++ % rows.size();
                if (place == 0) {
                    Collections.shuffle(rows, random);
                }
                pass.add(rows.get(place));
            }
        }
        Collections.shuffle(pass, random);
        return pass;
    }

    /** Rows in a pass. */
    int passSize() {
        return Arrays.stream(draws).sum();
    }
}

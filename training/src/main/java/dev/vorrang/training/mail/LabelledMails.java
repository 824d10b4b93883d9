package dev.vorrang.training.mail;

import dev.vorrang.scoring.mail.MailText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * All rows with a text and at least one label.
 *
 * @param mails the rows in the order they were read
 * @param heads labels of each head, sorted; the map's order is the order of {@link LabelledMail#labels()}
 * @param dataSets name of each data set
 * @param dataSetWeights how much the rows of each data set count on average
 * @param pools number of the pool that the rows of each data set are drawn from; of most it is their own
 * @param notices what people should know of the data, a sentence each: rows and labels left out, labels that contradict each other
 */
record LabelledMails(
        List<LabelledMail> mails,
        Map<String, List<String>> heads,
        List<String> dataSets,
        List<Double> dataSetWeights,
        List<Integer> pools,
        List<String> notices) {

    /** All data sets count the same. */
    LabelledMails(
            List<LabelledMail> mails, Map<String, List<String>> heads, List<String> dataSets, List<String> notices) {
        this(mails, heads, dataSets, Collections.nCopies(dataSets.size(), 1.0), numbers(dataSets.size()), notices);
    }

    LabelledMails(List<LabelledMail> mails, Map<String, List<String>> heads, List<String> dataSets) {
        this(mails, heads, dataSets, List.of());
    }

    /** These, with another weight for a data set. */
    LabelledMails weighing(int dataSet, double weight) {
        var weights = new ArrayList<>(dataSetWeights);
        weights.set(dataSet, weight);
        return new LabelledMails(mails, heads, dataSets, List.copyOf(weights), pools, notices);
    }

    /** These and mails that belong to none of the labels of a head, as a data set of their own; they have no other label. */
    LabelledMails withOutside(String head, List<MailText> texts, String name) {
        int place = List.copyOf(heads.keySet()).indexOf(head);
        var all = new ArrayList<>(mails);
        for (MailText text : texts) {
            var labels = new int[heads.size()];
            Arrays.fill(labels, LabelledMail.NONE);
            labels[place] = LabelledMail.OUTSIDE;
            all.add(new LabelledMail(text, dataSets.size(), labels));
        }
        var names = new ArrayList<>(dataSets);
        names.add(name);
        var weights = new ArrayList<>(dataSetWeights);
        weights.add(1.0);
        var drawn = new ArrayList<>(pools);
        drawn.add(dataSets.size());
        return new LabelledMails(all, heads, names, weights, drawn, notices);
    }

    /** These and, behind all others, so many altered texts of each row that has a group. */
    LabelledMails withVariants(int each, long seed) {
        var variants = new MailVariants(new Random(seed));
        var all = new ArrayList<>(mails);
        for (LabelledMail mail : mails) {
            for (int number = 0; number < each && !mail.group().isEmpty(); number++) {
                all.add(mail.altered(variants.of(mail.text())));
            }
        }
        return new LabelledMails(all, heads, dataSets, dataSetWeights, pools, notices);
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    /** These, with all data sets that have groups drawn from as if they were one: they are parts of one collection of scenarios. */
    LabelledMails pooled() {
        var pooled = new ArrayList<>(pools);
        int[] grouped = mails.stream()
                .filter(mail -> !mail.variant() && !mail.group().isEmpty())
                .mapToInt(LabelledMail::dataSet)
                .distinct()
                .sorted()
                .toArray();
        for (int dataSet : grouped) {
            pooled.set(dataSet, grouped[0]);
        }
        return new LabelledMails(mails, heads, dataSets, dataSetWeights, pooled, notices);
    }

    /** These with some of the heads alone. */
    LabelledMails of(List<String> some) {
        var chosen = new LinkedHashMap<String, List<String>>();
        some.forEach(head -> chosen.put(head, heads.get(head)));
        return new LabelledMails(rows(mails, some), chosen, dataSets, dataSetWeights, pools, notices);
    }

    /** Some of the rows, with the labels of some of the heads alone; rows that have none of these are left out. */
    List<LabelledMail> rows(List<LabelledMail> rows, List<String> some) {
        List<String> all = List.copyOf(heads.keySet());
        int[] places = some.stream().mapToInt(all::indexOf).toArray();
        return rows.stream()
                .map(row -> row.with(
                        Arrays.stream(places).map(place -> row.labels()[place]).toArray()))
                .filter(LabelledMail::labelled)
                .toList();
    }

    /** Number of labels of each head. */
    Map<String, Integer> labelCounts() {
        var counts = new LinkedHashMap<String, Integer>();
        heads.forEach((head, labels) -> counts.put(head, labels.size()));
        return counts;
    }
}

package dev.vorrang.training.mail;

import dev.vorrang.scoring.mail.MailText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * All rows with a text and at least one label.
 *
 * @param mails the rows in the order they were read
 * @param heads labels of each head, sorted; the map's order is the order of {@link LabelledMail#labels()}
 * @param dataSets name of each data set
 * @param dataSetWeights how much the rows of each data set count on average
 * @param notices what people should know of the data, a sentence each: rows and labels left out, labels that contradict each other
 */
record LabelledMails(
        List<LabelledMail> mails,
        Map<String, List<String>> heads,
        List<String> dataSets,
        List<Double> dataSetWeights,
        List<String> notices) {

    /** All data sets count the same. */
    LabelledMails(
            List<LabelledMail> mails, Map<String, List<String>> heads, List<String> dataSets, List<String> notices) {
        this(mails, heads, dataSets, Collections.nCopies(dataSets.size(), 1.0), notices);
    }

    LabelledMails(List<LabelledMail> mails, Map<String, List<String>> heads, List<String> dataSets) {
        this(mails, heads, dataSets, List.of());
    }

    /** These, with another weight for a data set. */
    LabelledMails weighing(int dataSet, double weight) {
        var weights = new ArrayList<>(dataSetWeights);
        weights.set(dataSet, weight);
        return new LabelledMails(mails, heads, dataSets, List.copyOf(weights), notices);
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
        return new LabelledMails(all, heads, names, weights, notices);
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
        return new LabelledMails(all, heads, dataSets, dataSetWeights, notices);
    }

    /** Number of labels of each head. */
    Map<String, Integer> labelCounts() {
        var counts = new LinkedHashMap<String, Integer>();
        heads.forEach((head, labels) -> counts.put(head, labels.size()));
        return counts;
    }
}

package dev.vorrang.training.mail;

import java.util.List;
import java.util.Map;

/**
 * All rows with a text and at least one label.
 *
 * @param mails the rows in the order they were read
 * @param heads labels of each head, sorted; the map's order is the order of {@link LabelledMail#labels()}
 * @param dataSets name of each data set
 * @param notices what people should know of the data, a sentence each: rows and labels left out, labels that contradict each other
 */
record LabelledMails(
        List<LabelledMail> mails, Map<String, List<String>> heads, List<String> dataSets, List<String> notices) {

    LabelledMails(List<LabelledMail> mails, Map<String, List<String>> heads, List<String> dataSets) {
        this(mails, heads, dataSets, List.of());
    }
}

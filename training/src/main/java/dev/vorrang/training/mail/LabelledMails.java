package dev.vorrang.training.mail;

import java.util.List;
import java.util.Map;

/**
 * All rows with at least one label.
 *
 * @param mails the rows in the order they were read
 * @param heads labels of each head, sorted; the map's order is the order of {@link LabelledMail#labels()}
 * @param dataSets name of each data set
 */
record LabelledMails(List<LabelledMail> mails, Map<String, List<String>> heads, List<String> dataSets) {}

package dev.vorrang.training.mail;

import java.util.List;

/**
 * How much a row of the table tells of a head's labels: the divergence (Kullback and Leibler, 1951) of the labels of the mails that have a
 * feature sent there from the labels of all mails, as a share of the entropy of the latter. Pure.
 */
final class FeatureInformation {

    /** A row's labels are taken for those of all mails, until as many mails have it: what few mails tell may be chance. */
    private static final double DOUBT = 2;

    private final double[] prior;
    private final double entropy;
    /** Mails by row and label. */
    private final float[] counts;

    /**
     * @param mails those without a label of the head do not count
     * @param features numbers of the features of each mail
     * @param rows of the table
     * @param head place of the head among the labels of a mail
     * @param labels number of its labels
     */
    FeatureInformation(List<LabelledMail> mails, List<int[]> features, int rows, int head, int labels) {
        prior = new double[labels];
        counts = new float[rows * labels];
        var lastMail = new int[rows];
        double all = 0;
        for (int mail = 0; mail < mails.size(); mail++) {
            int label = mails.get(mail).labels()[head];
            if (label < 0) {
                continue;
            }
            prior[label]++;
            all++;
            for (int feature : features.get(mail)) {
                int row = feature % rows;
                if (lastMail[row] != mail + 1) {
                    lastMail[row] = mail + 1;
                    counts[row * labels + label]++;
                }
            }
        }
        double sum = 0;
        for (int label = 0; label < labels; label++) {
            prior[label] /= all;
            sum -= prior[label] == 0 ? 0 : prior[label] * Math.log(prior[label]);
        }
        entropy = sum;
    }

    /** 0 for a row whose mails have the labels of all mails, or for one that none has; 1 for what is as good as the label, on average. */
    double of(int row) {
        int first = row * prior.length;
        double mails = 0;
        for (int label = 0; label < prior.length; label++) {
            mails += counts[first + label];
        }
        double divergence = 0;
        for (int label = 0; label < prior.length; label++) {
            if (prior[label] > 0) {
                double share = (counts[first + label] + DOUBT * prior[label]) / (mails + DOUBT);
                divergence += share * Math.log(share / prior[label]);
            }
        }
        return entropy == 0 ? 0 : divergence / entropy;
    }
}

package dev.vorrang.training.mail;

import java.util.Map;

/**
 * A branch that has learned.
 *
 * @param shape sizes of its network
 * @param labelCounts number of labels of each of its heads
 * @param weights values of its variables, as {@link MailNetwork#shapes} names them
 * @param featureWeights of each reading
 */
record TrainedBranch(
        Branch branch,
        NetworkShape shape,
        Map<String, Integer> labelCounts,
        Weights weights,
        Map<Reading, FeatureWeights> featureWeights) {}

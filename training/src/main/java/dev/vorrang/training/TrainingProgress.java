package dev.vorrang.training;

import java.util.List;

/** Hears how training goes, on the thread that trains. */
public interface TrainingProgress {

    /** Hears nothing. */
    TrainingProgress SILENT = new TrainingProgress() {
        @Override
        public void started(int trainingRows, int validationRows, long steps) {}

        @Override
        public void learned(int rows) {}

        @Override
        public void epochEnded(int epoch, double trainingLoss, double validationLoss) {}
    };

    /**
     * The data is read.
     *
     * @param notices what people should know of it, a sentence each: rows and labels left out, labels that contradict each other
     */
    default void read(List<String> notices) {}

    /** @param steps rows that will be learned from at most, over all passes; training may stop earlier */
    void started(int trainingRows, int validationRows, long steps);

    /**
     * A pass over the data begins, or another stage of the work.
     *
     * @param stage in a word or two, such as pass 3
     * @param rows rows that it learns from; {@link #learned} counts them
     */
    default void stageStarted(String stage, long rows) {}

    /** @param rows rows learned from since the last call */
    void learned(int rows);

    /** @param validationLoss mean loss of the validation rows */
    void epochEnded(int epoch, double trainingLoss, double validationLoss);
}

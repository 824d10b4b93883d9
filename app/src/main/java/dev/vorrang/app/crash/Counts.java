package dev.vorrang.app.crash;

import java.util.List;

/**
 * What came of the records of a run.
 *
 * @param sent records that the broker has, poison among them
 * @param poison of them
 * @param scored records with a score, each counted once
 * @param lost records that have neither a score nor a dead letter, and copies of scores that a queue lacks
 * @param duplicated scores, copies in queues and dead letters beyond the first of a record
 * @param disordered records whose score came after that of a later record of the same key
 * @param deadLettered poison that was dead-lettered at the stage where it had to fail, with its cause
 * @param wronglyDeadLettered good records that were dead-lettered, and poison at another stage or without a cause
 * @param poisonScored poison that has a score
 * @param inputDamaged records that are in the input not at all or more than once, which no instance is to blame for
 * @param examples some of what is wrong, for people
 */
record Counts(
        int sent,
        int poison,
        int scored,
        int lost,
        int duplicated,
        int disordered,
        int deadLettered,
        int wronglyDeadLettered,
        int poisonScored,
        int inputDamaged,
        List<String> examples) {

    Counts {
        examples = List.copyOf(examples);
    }
}

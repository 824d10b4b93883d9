package dev.vorrang.scoring.mail;

import dev.vorrang.schemas.ModelRef;

/** What became of a mail that the small model of a cascade was unsure of, and that the large one was therefore wanted for. */
public sealed interface Deferral {

    /**
     * The large model answered.
     *
     * @param small what the small one says of the same mail
     */
    record Answered(MailPrediction small) implements Deferral {}

    /**
     * The large model did not answer, so the small one's answer stands.
     *
     * @param large the large model
     */
    record Unanswered(ModelRef large, Cause cause) implements Deferral {}

    /** Why the large model did not answer. */
    enum Cause {
        /** It failed for this mail, or for all. */
        FAILED("failed", "ist gescheitert"),
        /** It did not answer within its time limit. */
        SLOW("was too slow", "war zu langsam"),
        /** It was not asked, because it had failed or was too slow several times in a row. */
        LEFT_OUT("is left out after failures", "ist nach Fehlern ausgesetzt");

        private final String english;
        private final String german;

        Cause(String english, String german) {
            this.english = english;
            this.german = german;
        }

        String english() {
            return english;
        }

        String german() {
            return german;
        }
    }
}

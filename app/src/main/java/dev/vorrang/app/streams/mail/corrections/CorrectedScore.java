package dev.vorrang.app.streams.mail.corrections;

import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.MailScore;
import java.time.Instant;
import java.util.Map;

/**
 * A mail whose score people have corrected.
 *
 * @param mail that was scored
 * @param score its last one
 * @param right what is right, by field of the score; of several corrections of a field the last
 * @param who made the last correction
 * @param at time of the last correction
 */
public record CorrectedScore(EmailMessage mail, MailScore score, Map<String, String> right, String who, Instant at) {

    public CorrectedScore {
        right = Map.copyOf(right);
    }
}

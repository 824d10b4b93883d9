package dev.vorrang.console.access;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.util.List;

/** Which passwords are allowed. */
public final class Passwords {

    private static final int MIN = 10;
    private static final int MAX = 200;
    private static final int MIN_SCORE = 2;
    private static final Zxcvbn ESTIMATE = new Zxcvbn();
    /** What is estimated; the estimate takes long for long texts, which are strong enough by then. */
    private static final int ESTIMATED = 60;

    private Passwords() {}

    /**
     * Checks the password that a user shall have: its length, and that it is hard to guess, which none of the 30,000 commonest is. What
     * characters it has does not matter.
     *
     * @throws IllegalArgumentException if it is not allowed; the message does not show it
     */
    public static void check(String user, String password) {
        if (password.length() < MIN || password.length() > MAX) {
            throw new IllegalArgumentException(
                    "password of " + password.length() + " characters: allowed are " + MIN + " to " + MAX);
        }
        String estimated = password.substring(0, Math.min(ESTIMATED, password.length()));
        if (ESTIMATE.measure(estimated, List.of(user, "vorrang")).getScore() < MIN_SCORE) {
            throw new IllegalArgumentException(
                    "password: it is easy to guess; allowed is one that is long and not common, such as a few words");
        }
    }
}

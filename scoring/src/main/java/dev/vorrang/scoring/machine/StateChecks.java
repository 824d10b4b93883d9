package dev.vorrang.scoring.machine;

import java.io.IOException;

/** Refuses numbers that a state cannot hold, before anything is allocated by them. */
final class StateChecks {

    private StateChecks() {}

    /**
     * @return the number, if it is 0 to {@code most}
     * @throws IOException if it is not
     */
    static int check(int number, int most, String what) throws IOException {
        if (number < 0 || number > most) {
            throw new IOException("damaged state: " + what + " is " + number + ", allowed is 0 to " + most);
        }
        return number;
    }
}

package dev.vorrang.scoring.demand;

import java.io.IOException;

/** Refuses numbers that a state cannot hold, before anything is allocated by them. */
final class Stored {

    private Stored() {}

    /** @throws IOException if the number is not within its bounds, which are allowed */
    static int between(String what, int number, int least, int most) throws IOException {
        if (number < least || number > most) {
            throw new IOException("damaged state: " + what + " is " + number + ", allowed is " + least + " to " + most);
        }
        return number;
    }
}

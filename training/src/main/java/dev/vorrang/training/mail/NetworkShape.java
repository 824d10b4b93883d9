package dev.vorrang.training.mail;

/**
 * Sizes of the network. The tables are hashed into, so their sizes are primes: character n-grams are hashed by arithmetic, and
 * the remainder by a prime depends on every character.
 *
 * @param wordBuckets rows of the table of word 1- and 2-grams
 * @param characterBuckets rows of the table of character n-grams
 * @param dimensions columns of both tables
 * @param hidden width of the hidden layer
 */
record NetworkShape(int wordBuckets, int characterBuckets, int dimensions, int hidden) {

    /** 6.8 MB as exported: tables in half precision, the rest in single. */
    static final NetworkShape DEFAULT = new NetworkShape(57_329, 49_157, 32, 64);
}

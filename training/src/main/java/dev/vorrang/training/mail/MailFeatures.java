package dev.vorrang.training.mail;

import java.util.Arrays;

/**
 * Numbers of the features of a mail, in [0, {@link TextFeatures#NUMBERS}).
 *
 * @param all those of each of its words, as often as the word counts, and its pairs of words; then those of its character n-grams, each as
 *     often as the words that have it
 * @param words how many of them are of words and pairs
 */
record MailFeatures(int[] all, int words) {

    int[] wordsAndPairs() {
        return Arrays.copyOf(all, words);
    }
}

package dev.vorrang.training.mail;

/**
 * Numbers of the features of a mail, in [0, {@link TextFeatures#NUMBERS}).
 *
 * @param words those of each of its words, as often as the word counts, and of its pairs of words
 * @param parts those of its character n-grams, each as often as the words that have it
 */
record MailFeatures(int[] words, int[] parts) {}

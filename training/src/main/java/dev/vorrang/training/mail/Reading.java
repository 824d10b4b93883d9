package dev.vorrang.training.mail;

/**
 * What a part of the network reads of a mail. Parts of words tell also of words that no mail had before, but in their crowd whole words would count
 * little; who reads words whole errs on other mails. So the network has a part for each, every one learns to answer alone, and
 * their answers are added up (Hansen and Salamon, Neural Network Ensembles, 1990).
 */
enum Reading {
    /** The character n-grams of the words. */
    PARTS("parts", 1f),
    /** Words, and pairs of neighbouring words. */
    WORDS("words", 0.5f);

    private static final String TABLE = ".table";

    private final String key;
    private final float share;

    Reading(String key, float share) {
        this.key = key;
        this.share = share;
    }

    /** What its logits are multiplied by in the sum. */
    float share() {
        return share;
    }

    /** Numbers of those features that it reads. */
    int[] of(MailFeatures features) {
        return this == PARTS ? features.parts() : features.words();
    }

    /** Name of its table, {@code [rows, width]}. */
    String table() {
        return key + TABLE;
    }

    static boolean isTable(String name) {
        return name.endsWith(TABLE);
    }

    /** Name of the biases of its hidden units, {@code [width]}. */
    String hiddenBias() {
        return key + ".hidden.bias";
    }

    /** Name of the matrix of a head, {@code [width, labels]}. */
    String headWeights(String head) {
        return key + ".head." + head + ".weights";
    }

    /** Name of the biases of a head, {@code [labels]}. */
    String headBias(String head) {
        return key + ".head." + head + ".bias";
    }

    /** Name of what is kept of the weights of all heads to name words, {@code [labels, width + 1]}. */
    String headsAgainst() {
        return key + ".heads.against";
    }
}

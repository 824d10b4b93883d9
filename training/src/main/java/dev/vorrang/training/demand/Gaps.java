package dev.vorrang.training.demand;

/** What a period means in which an item has no row, between its first and its last. */
public enum Gaps {
    /**
     * Found out: {@link #ZERO} where the file has order lines, several of an item in one period or dated rows none of which says 0;
     * else {@link #UNKNOWN}.
     */
    AUTO,
    /**
     * Nobody ordered, up to the last period of the file; a dated period in which no item has a row was closed, and counts as unknown.
     */
    ZERO,
    /** Nobody wrote down what was ordered. */
    UNKNOWN
}

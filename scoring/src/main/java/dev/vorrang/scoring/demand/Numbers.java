package dev.vorrang.scoring.demand;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers in the reasons for people. */
final class Numbers {

    private static final MathContext DIGITS = new MathContext(4);

    private Numbers() {}

    /** With four digits at most, and a decimal point. */
    static String text(double value) {
        return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
    }
}

package dev.vorrang.ingest.reading;

import java.util.regex.Pattern;

/** Decimal numbers as people and machines write them, stricter than Java: no hexadecimal, no suffix, no NaN, no infinity. */
final class Numbers {

    static final int LONGEST = 100;
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,4})?");

    private Numbers() {}

    static boolean isNumber(String text) {
        return text.length() <= LONGEST && NUMBER.matcher(text).matches();
    }

    static double parse(String sensor, String text) throws BadPayloadException {
        if (!isNumber(text)) {
            throw new BadPayloadException("value of " + BadPayloadException.shown(sensor) + " '"
                    + BadPayloadException.shown(text) + "': allowed is a decimal number of at most " + LONGEST
                    + " characters");
        }
        return Double.parseDouble(text);
    }
}

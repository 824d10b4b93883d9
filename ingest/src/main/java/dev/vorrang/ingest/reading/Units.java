package dev.vorrang.ingest.reading;

import java.util.regex.Pattern;

/** Units of measurement behind numbers: those of the SI with their prefixes, quotients of them, and what plants use besides. */
final class Units {

    private static final String BASE =
            "(?:[nµμumckMGTd]?(?:m|g|s|A|K|V|W|Pa|bar|Hz|N|Nm|J|Wh|Ω|Ohm|F|H|C|l|L|VA|VAr|var|eV|T|t"
                    + "|lm|lx|mol|S|Ah)|h|min|d|a|rpm|ppm|ppb|°|U)[²³23]?";
    private static final Pattern UNIT = Pattern.compile(
            "%(?:\\s?rH|RH)?|‰|°\\s?[CFK]|℃|℉|degC|degF|1/(?:min|s|h|m)|min-1|s-1|psi|pH|dB(?:\\([A-C]\\)|m|A)?"
                    + "|gal|ft|in|inch|mils|mmHg|mmH2O|inHg|mWS|atm|Torr|hPa|daN|kp|PS|hp|bara|barg|cSt|cP|NTU|FNU|Stk\\.?|pcs|mbar"
                    + "|Nm³/h|Nm3/h|rad(?:/s)?|deg|bit/s|kbit/s|Mbit/s|[kKMGT]i?B(?:/s)?|" + BASE + "(?:\\s?[/·*]\\s?"
                    + BASE + ")?");

    private Units() {}

    static boolean isUnit(String text) {
        return UNIT.matcher(text).matches();
    }
}

package dev.vorrang.ingest.reading;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as sources write them. Numbers count from 1970 in the unit that their size tells: from 10⁹ seconds, from 10¹¹ milliseconds,
 * from 10¹⁵ microseconds, from 10¹⁸ nanoseconds, smaller ones milliseconds; so each unit reaches from 2001 on. Texts are ISO 8601:
 * extended or basic, calendar, week ({@code 2026-W36-3}) or ordinal ({@code 2026-245}) dates, a blank or T between date and time,
 * a point or comma before the fraction, offsets such as Z, +02, +0200 and +02:00. Besides, dates may be written 2.9.2026.
 */
public final class ReadingTime {

    private static final Pattern TEXT = Pattern.compile(
            "(?<date>\\d{4}-\\d{2}-\\d{2}|\\d{8}|\\d{4}-?W\\d{2}-?\\d|\\d{4}-?\\d{3}|\\d{1,2}\\.\\d{1,2}\\.\\d{4})"
                    + "(?:(?:[Tt_]|,?\\s+)(?<hour>\\d{2}):?(?<minute>\\d{2})(?::?(?<second>\\d{2})(?:[.,](?<fraction>\\d{1,18}))?)?"
                    + "\\s*(?<offset>[Zz]|UTC|GMT|[+-]\\d{2}(?::?\\d{2}(?::?\\d{2})?)?)?(?:\\[[\\w/+:-]*])?)?");
    private static final DateTimeFormatter GERMAN = DateTimeFormatter.ofPattern("d.M.uuuu", Locale.ROOT);
    private static final int NANO_DIGITS = 9;

    private ReadingTime() {}

    /**
     * A time as it is written.
     *
     * @param instant it, if the text tells it; null if not
     * @param local it, if the text has no offset
     */
    record Written(Instant instant, Optional<LocalDateTime> local) {

        static Written of(Instant instant) {
            return new Written(instant, Optional.empty());
        }
    }

    /**
     * Reads a time.
     *
     * @param zone of texts without an offset
     * @throws IllegalArgumentException if it is none, saying what is allowed
     */
    public static Instant parse(String text, ZoneId zone) {
        try {
            return of(text, zone);
        } catch (BadPayloadException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    static Instant of(double number) throws BadPayloadException {
        if (!Double.isFinite(number) || Math.abs(number) >= 9.2e18) {
            throw new BadPayloadException("time " + number + ": allowed is a number since 1970, at most 9.2e18 ns");
        }
        double size = Math.abs(number);
        double millis;
        if (size >= 1e18) {
            millis = number / 1e6;
        } else if (size >= 1e15) {
            millis = number / 1e3;
        } else {
            millis = size >= 1e9 && size < 1e11 ? number * 1e3 : number;
        }
        return Instant.ofEpochMilli(Math.round(millis));
    }

    /** @param zone of texts without an offset */
    static Instant of(String text, ZoneId zone) throws BadPayloadException {
        Written written = written(text);
        return written.local().map(local -> local.atZone(zone).toInstant()).orElse(written.instant());
    }

    static Written written(String text) throws BadPayloadException {
        String trimmed = text.strip();
        if (Numbers.isNumber(trimmed)) {
            return Written.of(of(Double.parseDouble(trimmed)));
        }
        Matcher parts = TEXT.matcher(trimmed);
        if (!parts.matches()) {
            throw bad(text);
        }
        try {
            LocalDateTime local = local(parts);
            String offset = parts.group("offset");
            return offset == null
                    ? new Written(null, Optional.of(local))
                    : Written.of(local.toInstant(offset(offset.toUpperCase(Locale.ROOT))));
        } catch (DateTimeException e) {
            throw bad(text);
        }
    }

    private static BadPayloadException bad(String text) {
        return new BadPayloadException("time '" + BadPayloadException.shown(text)
                + "': allowed are ISO 8601 (2026-01-31T12:00:00Z) and numbers since 1970");
    }

    private static ZoneOffset offset(String text) {
        return Character.isLetter(text.charAt(0)) ? ZoneOffset.UTC : ZoneOffset.of(text);
    }

    private static LocalDateTime local(Matcher parts) {
        LocalDate date = date(parts.group("date"));
        if (parts.group("hour") == null) {
            return date.atStartOfDay();
        }
        int hour = Integer.parseInt(parts.group("hour"));
        int minute = Integer.parseInt(parts.group("minute"));
        int second = parts.group("second") == null ? 0 : Integer.parseInt(parts.group("second"));
        int nano = nano(parts.group("fraction"));
        // ISO 8601 has 24:00 for the end of a day.
        return hour == 24 && minute + second + nano == 0
                ? date.plusDays(1).atStartOfDay()
                : date.atTime(LocalTime.of(hour, minute, second, nano));
    }

    private static int nano(String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, NANO_DIGITS));
    }

    private static LocalDate date(String text) {
        if (text.indexOf('.') > 0) {
            return LocalDate.parse(text, GERMAN);
        }
        String digits = text.replace("-", "");
        if (digits.indexOf('W') > 0) {
            String week = digits.substring(0, 4) + "-" + digits.substring(4, 7) + "-" + digits.substring(7);
            return LocalDate.parse(week, DateTimeFormatter.ISO_WEEK_DATE);
        }
        return digits.length() == 7
                ? LocalDate.parse(
                        digits.substring(0, 4) + "-" + digits.substring(4), DateTimeFormatter.ISO_ORDINAL_DATE)
                : LocalDate.parse(digits, DateTimeFormatter.BASIC_ISO_DATE);
    }
}

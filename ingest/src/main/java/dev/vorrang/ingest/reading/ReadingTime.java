package dev.vorrang.ingest.reading;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;

/**
 * Times as sources write them. Numbers count from 1970 in the unit that their size tells: from 10⁹ seconds, from 10¹¹ milliseconds,
 * from 10¹⁵ microseconds, from 10¹⁸ nanoseconds, smaller ones milliseconds; so each unit reaches from 2001 on. Texts are ISO 8601,
 * with a blank or T between date and time.
 */
public final class ReadingTime {

    private static final DateTimeFormatter ISO = DateTimeFormatter.ISO_DATE_TIME;

    private ReadingTime() {}

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
        String trimmed = text.strip();
        if (Numbers.isNumber(trimmed)) {
            return of(Double.parseDouble(trimmed));
        }
        int blank = trimmed.indexOf(' ');
        String iso = blank == 10 ? trimmed.substring(0, 10) + 'T' + trimmed.substring(11) : trimmed;
        try {
            TemporalAccessor time = ISO.parseBest(iso, OffsetDateTime::from, LocalDateTime::from);
            return time instanceof OffsetDateTime offset
                    ? offset.toInstant()
                    : ((LocalDateTime) time).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw new BadPayloadException("time '" + BadPayloadException.shown(text)
                    + "': allowed are ISO 8601 (2026-01-31T12:00:00Z) and numbers since 1970");
        }
    }
}

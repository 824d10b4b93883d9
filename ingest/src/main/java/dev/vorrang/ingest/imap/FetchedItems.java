package dev.vorrang.ingest.imap;

import jakarta.mail.internet.MailDateFormat;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.angus.mail.iap.ByteArray;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/**
 * What FETCH responses say of one mail. They may say it in any number of responses (RFC 3501, 7.4.2), leave out what was asked for,
 * and add what was not; what cannot be understood is as if it were left out.
 */
final class FetchedItems {

    private static final long HIGHEST_UID = 0xFFFF_FFFFL;

    private OptionalLong uid = OptionalLong.empty();
    private OptionalLong size = OptionalLong.empty();
    private Optional<Instant> receivedAt = Optional.empty();
    private Optional<byte[]> body = Optional.empty();
    /** Where in the mail the body begins, -1 if the server does not say: at 0. */
    private int origin = -1;

    private FetchedItems() {}

    static FetchedItems of(IMAPResponse response) {
        var items = new FetchedItems();
        items.parse(response);
        return items;
    }

    /** Adds what another response says of the same mail. */
    void add(FetchedItems other) {
        uid = other.uid.isPresent() ? other.uid : uid;
        size = other.size.isPresent() ? other.size : size;
        receivedAt = other.receivedAt.or(() -> receivedAt);
        if (other.body.isPresent()) {
            body = other.body;
            origin = other.origin;
        }
    }

    private void parse(IMAPResponse response) {
        try {
            if (response.isNextNonSpace('(')) {
                while (!response.isNextNonSpace(')') && response.peekByte() != 0) {
                    addItem(response);
                }
            }
        } catch (IndexOutOfBoundsException e) {
            // The response ends within an item.
        }
    }

    private void addItem(IMAPResponse response) {
        var name = response.readAtom();
        if (name == null || name.isEmpty()) {
            response.skip(1);
            return;
        }
        var item = name.toUpperCase(Locale.ROOT);
        int from = -1;
        if (item.indexOf('[') >= 0) {
            response.readString(']');
            response.skip(1);
            if (response.peekByte() == '<') {
                response.skip(1);
                from = response.readNumber();
                response.skip(1);
            }
        }
        switch (item) {
            case "UID" -> uid = within(uid, response, 1, HIGHEST_UID);
            case "RFC822.SIZE" -> size = within(size, response, 0, Long.MAX_VALUE);
            case "INTERNALDATE" -> time(response).ifPresent(time -> receivedAt = Optional.of(time));
            case "BODY[" -> addBody(response, from);
            default -> skipValue(response);
        }
    }

    private static OptionalLong within(OptionalLong before, IMAPResponse response, long least, long most) {
        long number = response.readLong();
        if (number < 0) {
            skipValue(response);
        }
        return number < least || number > most ? before : OptionalLong.of(number);
    }

    private static Optional<Instant> time(IMAPResponse response) {
        var text = string(response);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            var date = new MailDateFormat().parse(new String(text.get().getNewBytes(), StandardCharsets.US_ASCII));
            return Optional.of(date.toInstant());
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private void addBody(IMAPResponse response, int from) {
        var bytes = string(response);
        if (bytes.isPresent()) {
            body = Optional.of(bytes.get().getNewBytes());
            origin = from;
        }
    }

    /** A quoted string or a literal; anything else is skipped. */
    private static Optional<ByteArray> string(IMAPResponse response) {
        response.skipSpaces();
        byte first = response.peekByte();
        if (first == '"' || first == '{') {
            return Optional.ofNullable(response.readByteArray());
        }
        skipValue(response);
        return Optional.empty();
    }

    private static void skipValue(IMAPResponse response) {
        response.skipSpaces();
        int depth = 0;
        do {
            byte next = response.peekByte();
            if (next == '"' || next == '{') {
                response.readByteArray();
            } else if (next == '(' || next == ')') {
                depth += next == '(' ? 1 : -1;
                if (depth >= 0) {
                    response.skip(1);
                }
            } else if (depth > 0) {
                response.skip(1);
            } else {
                response.readAtom();
                return;
            }
        } while (depth > 0 && response.peekByte() != 0);
    }

    OptionalLong uid() {
        return uid;
    }

    /** Bytes, as the server counts. */
    OptionalLong size() {
        return size;
    }

    /** INTERNALDATE. */
    Optional<Instant> receivedAt() {
        return receivedAt;
    }

    Optional<byte[]> body() {
        return body;
    }

    int origin() {
        return origin;
    }
}

package dev.vorrang.ingest.imap;

import dev.vorrang.ingest.imap.FolderSession.Summary;
import dev.vorrang.schemas.ParseStatus;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the bytes of mails, several at once as long as they are small, and long ones in parts. A mail that fails is tried again
 * alone, then its first bytes only, and in the end it is given without content, so that no mail stops the others and none is left
 * out. One thread uses it; it remembers failures over connections.
 */
final class MailFetcher {

    private static final Logger log = LoggerFactory.getLogger(MailFetcher.class);
    /** Bytes that are asked for at once, of one mail or of several. */
    private static final int PART_BYTES = 1 << 20;
    /** A mail is held as it came, in one piece, and decoded. */
    private static final long HELD_AT_ONCE = 4;

    private static final int WHOLE_TRIES = 3;
    private static final int PARTIAL_TRIES = 3;
    private static final int PARTIAL_BYTES = 64 * 1024;
    /**
     * A mail may be shorter by this part of the announced size: some servers (Exchange) estimate it, as RFC 3501 does not allow.
     */
    private static final int ESTIMATED_PART = 8;
    /** So many mails that came twice as short as at first, and nearly as long as announced, show that a server estimates. */
    private static final int ESTIMATES_TO_BELIEVE = 3;
    /** Most characters of what the server says, in a record's note. */
    private static final int REASON_CHARACTERS = 200;

    private final String folder;
    private final int mostBytes;
    /** Up to here mails are read one by one, as the connection was lost over several. */
    private long carefulTo;

    /** Mails so far whose size was an estimate. */
    private int estimates;

    private long failingUid;
    private int failures;
    private String failure;

    MailFetcher(String folder, int mostBytes) {
        this.folder = folder;
        this.mostBytes = mostBytes;
    }

    /** The first of these mails that can be read at once, at least one. */
    List<Summary> group(List<Summary> mails) {
        int count = 0;
        long bytes = 0;
        while (count < mails.size() && isSmall(mails.get(count)) && bytes <= PART_BYTES) {
            bytes += mails.get(count++).size().orElse(0);
        }
        return mails.subList(0, Math.max(1, count));
    }

    private boolean isSmall(Summary mail) {
        return mail.uid() > carefulTo && mail.uid() != failingUid && isWithin(mail, Math.min(PART_BYTES, mostBytes));
    }

    private static boolean isWithin(Summary mail, int bytes) {
        return mail.size().isPresent() && mail.size().getAsLong() <= bytes;
    }

    /** Memory that is needed to read and decode a group, in bytes. */
    long weight(List<Summary> group) {
        return HELD_AT_ONCE
                * group.stream()
                        .mapToLong(mail -> Math.min(mail.size().orElse(PART_BYTES), mostBytes))
                        .sum();
    }

    /**
     * Reads a group.
     *
     * @param lease grows if a mail is longer than the server says
     * @return its mails in their order, without those that were deleted meanwhile
     * @throws IOException if the connection is lost
     */
    Deque<FetchedMail> fetch(FolderSession session, List<Summary> group, ByteBudget.Lease lease)
            throws IOException, InterruptedException {
        var fetched = new ArrayDeque<FetchedMail>(group.size());
        if (group.size() == 1) {
            alone(session, group.get(0), lease, 0).ifPresent(fetched::add);
            return fetched;
        }
        long before = carefulTo;
        // Whatever ends the attempt, an Error included.
        carefulTo = group.get(group.size() - 1).uid();
        var bodies = session.bodies(
                group.stream().mapToLong(Summary::uid).toArray(),
                group.stream().mapToLong(mail -> mail.size().orElse(0)).sum());
        carefulTo = before;
        for (var mail : group) {
            var items = bodies.get(mail.uid());
            var bytes = items == null ? new byte[0] : items.body().orElse(new byte[0]);
            if (isComplete(mail, bytes.length)
                    || estimates >= ESTIMATES_TO_BELIEVE && isNearlyComplete(mail, bytes.length)) {
                fetched.add(read(mail, bytes, mostBytes));
            } else {
                alone(session, mail, lease, bytes.length).ifPresent(fetched::add);
            }
        }
        return fetched;
    }

    private static boolean isComplete(Summary mail, int length) {
        return length > 0 && length >= mail.size().orElse(0);
    }

    private static boolean isNearlyComplete(Summary mail, int length) {
        long announced = mail.size().orElse(0);
        return length > 0 && length >= announced - announced / ESTIMATED_PART;
    }

    /**
     * Reads one mail.
     *
     * @param shortBefore how many bytes came of it, if those were fewer than the server says it has, else 0
     * @return empty if the mail is gone
     */
    private Optional<FetchedMail> alone(FolderSession session, Summary mail, ByteBudget.Lease lease, int shortBefore)
            throws IOException, InterruptedException {
        int before = shortBefore;
        while (failuresOf(mail.uid()) < WHOLE_TRIES + PARTIAL_TRIES) {
            int most = most(mail);
            // Before the attempt, so that it counts whatever ends it.
            failed(mail.uid(), "reading it fails each time");
            try {
                var bytes = content(session, mail, most, lease);
                if (bytes.length == 0 && session.present(new long[] {mail.uid()}).length == 0) {
                    log.info("{}: the mail with UID {} is gone", folder, mail.uid());
                    return Optional.empty();
                }
                long announced = Math.min(mail.size().orElse(0), most);
                if (bytes.length > 0 && (bytes.length >= announced || bytes.length == before)) {
                    return Optional.of(read(mail, bytes, most));
                }
                before = bytes.length;
                failure = bytes.length == 0 ? "the server sends no content" : shortOf(mail, bytes.length);
            } catch (IOException e) {
                failure = e.getMessage();
                throw e;
            } catch (CommandRefusedException e) {
                failure = e.getMessage();
                if (e.isTemporary()) {
                    throw new IOException("mail with UID " + mail.uid() + " not readable now: " + failure, e);
                }
            }
        }
        return Optional.of(unreadable(mail));
    }

    /** All bytes of a mail, or as many as wanted; none if the server sends none. */
    private byte[] content(FolderSession session, Summary mail, int most, ByteBudget.Lease lease)
            throws IOException, CommandRefusedException, InterruptedException {
        if (failures == 1 && isWithin(mail, Math.min(PART_BYTES, most))) {
            return session.whole(mail.uid(), PART_BYTES)
                    .flatMap(FetchedItems::body)
                    .orElse(new byte[0]);
        }
        var bytes = new byte[0];
        int length = 0;
        long announced = mail.size().orElse(0);
        long covered = Math.max(announced, PART_BYTES);
        while (length < most) {
            if (length >= covered) {
                lease.resize(HELD_AT_ONCE * most);
                covered = most;
            }
            int wanted = Math.min(PART_BYTES, most - length);
            var part = session.part(mail.uid(), length, wanted);
            var body = part.flatMap(FetchedItems::body).orElse(new byte[0]);
            int origin = part.map(FetchedItems::origin).orElse(-1);
            if (origin < 0 && length > 0 && body.length > 0) {
                // The server knows no parts, and this is all of the mail.
                return body;
            }
            if (body.length == 0 || origin > 0 && origin != length) {
                break;
            }
            int more = Math.min(body.length, most - length);
            bytes = withRoom(bytes, length + more, announced, most);
            System.arraycopy(body, 0, bytes, length, more);
            length += more;
            if (body.length < wanted && length >= announced) {
                break;
            }
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    /** At most twice as long as what came, and no longer than what is announced, as it is right mostly. */
    private static byte[] withRoom(byte[] bytes, int needed, long announced, int most) {
        if (needed <= bytes.length) {
            return bytes;
        }
        long twice = Math.min(2L * needed, most);
        return Arrays.copyOf(bytes, (int) (announced >= needed ? Math.min(twice, announced) : twice));
    }

    private FetchedMail read(Summary mail, byte[] bytes, int most) {
        if (bytes.length >= most) {
            var size = mail.size().isPresent() ? Long.toString(mail.size().getAsLong()) : "an unknown number of";
            boolean isWhole = mail.size().isPresent() && mail.size().getAsLong() <= most;
            return isWhole
                    ? new FetchedMail(mail, bytes, ParseStatus.OK, Optional.empty())
                    : new FetchedMail(
                            mail,
                            bytes,
                            ParseStatus.LIMIT,
                            Optional.of("only the first " + most + " of " + size + " bytes read"));
        }
        if (isComplete(mail, bytes.length)) {
            return new FetchedMail(mail, bytes, ParseStatus.OK, Optional.empty());
        }
        boolean isEstimate = isNearlyComplete(mail, bytes.length);
        if (isEstimate) {
            estimates++;
        }
        return new FetchedMail(
                mail,
                bytes,
                isEstimate ? ParseStatus.OK : ParseStatus.DAMAGED,
                Optional.of(shortOf(mail, bytes.length)));
    }

    private static String shortOf(Summary mail, int length) {
        return "the server announces " + mail.size().orElse(0) + " bytes and sends " + length;
    }

    private FetchedMail unreadable(Summary mail) {
        log.error("{}: mail with UID {} not readable, its record has no content: {}", folder, mail.uid(), failure);
        return new FetchedMail(
                mail,
                new byte[0],
                ParseStatus.DAMAGED,
                Optional.of("not readable from the server: " + shortened(failure)));
    }

    private static String shortened(String reason) {
        var text = String.valueOf(reason);
        return text.codePointCount(0, text.length()) <= REASON_CHARACTERS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, REASON_CHARACTERS));
    }

    /** How many bytes of a mail to ask for. */
    private int most(Summary mail) {
        return failuresOf(mail.uid()) >= WHOLE_TRIES ? Math.min(PARTIAL_BYTES, mostBytes) : mostBytes;
    }

    /** A mail could not be read, or what was read not decoded. */
    void failed(long uid, String reason) {
        failures = failuresOf(uid) + 1;
        failingUid = uid;
        failure = reason;
    }

    /** A mail was handed over. */
    void done(long uid) {
        if (uid == failingUid) {
            failingUid = 0;
            failures = 0;
        }
    }

    private int failuresOf(long uid) {
        return uid == failingUid ? failures : 0;
    }
}

package dev.vorrang.ingest.imap;

import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.ParseStatus;
import jakarta.mail.FolderClosedException;
import jakarta.mail.MessagingException;
import jakarta.mail.StoreClosedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the bytes of mails, several at once as long as they are small. A mail that fails is tried again alone, then its first
 * bytes only, and in the end it is given without content, so that no mail stops the others and none is left out. One thread
 * uses it; it remembers failures over connections.
 */
final class MailFetcher {

    private static final Logger log = LoggerFactory.getLogger(MailFetcher.class);
    /** Bytes that are read at once, unless a single mail is longer. */
    private static final long GROUP_BYTES = 4L << 20;

    private static final int WHOLE_TRIES = 3;
    private static final int PARTIAL_TRIES = 3;
    private static final int PARTIAL_BYTES = 64 * 1024;
    /** Most characters of what the server says, in a record's note. */
    private static final int REASON_CHARACTERS = 200;

    /**
     * A mail with its bytes.
     *
     * @param bytes empty if the mail could not be read
     * @param note what is missing and why, or null if nothing is
     */
    record Fetched(FolderSession.Summary mail, byte[] bytes, boolean isReadable, String note) {

        /** The record with what only the reader knows. */
        EmailMessage complete(EmailMessage decoded, String id) {
            var record = EmailMessage.newBuilder(decoded).setSize(Math.max(mail.size(), bytes.length));
            if (note != null) {
                var notes = new ArrayList<>(decoded.getParseNotes());
                notes.add(note);
                record.setParseNotes(notes);
                if (!isReadable) {
                    record.setId(id).setThread(id).setParseStatus(ParseStatus.DAMAGED);
                } else if (decoded.getParseStatus() == ParseStatus.OK) {
                    record.setParseStatus(ParseStatus.LIMIT);
                }
            }
            return record.build();
        }
    }

    private final String folder;
    private final int mostBytes;
    private long failingUid;
    private int failures;

    MailFetcher(String folder, int mostBytes) {
        this.folder = folder;
        this.mostBytes = mostBytes;
    }

    /** The first of these mails that can be read at once, at least one. */
    List<FolderSession.Summary> group(List<FolderSession.Summary> mails) {
        if (mails.get(0).uid() == failingUid || isLong(mails.get(0))) {
            return mails.subList(0, 1);
        }
        int count = 0;
        long bytes = 0;
        while (count < mails.size()
                && mails.get(count).uid() != failingUid
                && !isLong(mails.get(count))
                && (count == 0 || bytes + mails.get(count).size() <= GROUP_BYTES)) {
            bytes += mails.get(count++).size();
        }
        return mails.subList(0, count);
    }

    /**
     * Reads a group.
     *
     * @return its mails in their order, without those that were deleted meanwhile
     * @throws MessagingException if the connection is lost
     */
    List<Fetched> fetch(FolderSession session, List<FolderSession.Summary> group) throws MessagingException {
        if (group.get(0).uid() == failingUid && failures >= WHOLE_TRIES + PARTIAL_TRIES) {
            return List.of(unreadable(group.get(0), "the connection is lost each time"));
        }
        Map<Long, byte[]> bodies = Map.of();
        try {
            bodies = session.bodies(
                    group.stream().mapToLong(FolderSession.Summary::uid).toArray(), most(group.get(0)));
        } catch (FolderClosedException | StoreClosedException e) {
            failed(group.get(0).uid());
            throw e;
        } catch (MessagingException e) {
            log.warn("{}: mails from UID {} not read: {}", folder, group.get(0).uid(), e.getMessage());
        }
        var fetched = new ArrayList<Fetched>(group.size());
        for (var mail : group) {
            var bytes = bodies.get(mail.uid());
            if (bytes != null) {
                fetched.add(read(mail, bytes));
            } else if (session.search(mail.uid(), mail.uid()).length > 0) {
                fetched.add(retry(session, mail));
            }
        }
        return fetched;
    }

    private Fetched retry(FolderSession session, FolderSession.Summary mail) throws MessagingException {
        String reason = "the server sent no content";
        while (failed(mail.uid()) < WHOLE_TRIES + PARTIAL_TRIES) {
            try {
                var bytes = session.bodies(new long[] {mail.uid()}, most(mail)).get(mail.uid());
                if (bytes != null) {
                    return read(mail, bytes);
                }
            } catch (FolderClosedException | StoreClosedException e) {
                failed(mail.uid());
                throw e;
            } catch (MessagingException e) {
                reason = e.getMessage();
            }
        }
        return unreadable(mail, reason);
    }

    private Fetched unreadable(FolderSession.Summary mail, String reason) {
        log.error("{}: mail with UID {} not readable, its record has no content: {}", folder, mail.uid(), reason);
        return new Fetched(mail, new byte[0], false, "not readable from the server: " + shortened(reason));
    }

    private static String shortened(String reason) {
        var text = String.valueOf(reason);
        return text.codePointCount(0, text.length()) <= REASON_CHARACTERS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, REASON_CHARACTERS));
    }

    private Fetched read(FolderSession.Summary mail, byte[] bytes) {
        int most = most(mail);
        if (mail.uid() == failingUid) {
            failures = 0;
            failingUid = 0;
        }
        return new Fetched(
                mail,
                bytes,
                true,
                most == 0 || bytes.length < most
                        ? null
                        : "only the first " + most + " of " + mail.size() + " bytes read");
    }

    private boolean isLong(FolderSession.Summary mail) {
        return mail.size() > mostBytes;
    }

    /** How many bytes to ask for, 0 for all. */
    private int most(FolderSession.Summary mail) {
        boolean isPartial = mail.uid() == failingUid && failures >= WHOLE_TRIES;
        if (isPartial) {
            return Math.min(PARTIAL_BYTES, mostBytes);
        }
        return isLong(mail) ? mostBytes : 0;
    }

    private int failed(long uid) {
        failures = uid == failingUid ? failures + 1 : 1;
        failingUid = uid;
        return failures;
    }
}

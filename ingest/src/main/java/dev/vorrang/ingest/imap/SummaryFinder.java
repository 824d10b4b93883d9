package dev.vorrang.ingest.imap;

import dev.vorrang.ingest.imap.FolderSession.Summary;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what there is to know of mails before they are read. No mail is left out because the server says nothing of it, or
 * refuses to: it is asked for alone, and in the end it is read without a summary. Only the server's word that a mail is gone counts.
 * One thread uses it; it remembers failures over connections.
 */
final class SummaryFinder {

    private static final Logger log = LoggerFactory.getLogger(SummaryFinder.class);
    /** Lost connections over one mail's summary, after which it is read without. */
    private static final int TRIES = 3;

    private final String folder;
    /** Up to here mails are asked for one by one, as the connection was lost over them all. */
    private long carefulTo;

    /** Lost connections by the UID of the mail that was asked for. */
    private final Map<Long, Integer> failures = new HashMap<>();

    SummaryFinder(String folder) {
        this.folder = folder;
    }

    /**
     * Finds the mails in a range of UIDs, both ends included.
     *
     * @param named those that a search has found there, in ascending order
     * @return those, without the ones that are gone, and others that the server tells of, in ascending order
     * @throws IOException if the connection is lost
     */
    List<Summary> find(FolderSession session, long from, long to, long[] named) throws IOException {
        failures.keySet().removeIf(uid -> uid < from);
        var found = new TreeMap<Long, Summary>();
        if (to > carefulTo) {
            long before = carefulTo;
            // Whatever ends the attempt, an Error included.
            carefulTo = to;
            add(found, session, from, to);
            carefulTo = before;
        }
        var missing = new TreeSet<Long>();
        for (long uid : named) {
            missing.add(uid);
        }
        found.values().stream().filter(SummaryFinder::isIncomplete).forEach(summary -> missing.add(summary.uid()));
        missing.removeIf(uid -> found.containsKey(uid) && !isIncomplete(found.get(uid)));
        if (!missing.isEmpty()) {
            for (long uid : stillThere(session, missing, found.keySet())) {
                found.put(uid, alone(session, uid, found.getOrDefault(uid, Summary.unknown(uid))));
            }
        }
        return List.copyOf(found.values());
    }

    private static boolean isIncomplete(Summary summary) {
        return summary.receivedAt().isEmpty() || summary.size().isEmpty();
    }

    private static void add(TreeMap<Long, Summary> found, FolderSession session, long from, long to)
            throws IOException {
        session.summaries(from, to)
                .forEach((uid, items) -> found.put(uid, new Summary(uid, items.receivedAt(), items.size())));
    }

    private Set<Long> stillThere(FolderSession session, Set<Long> missing, Set<Long> found) throws IOException {
        var uids = missing.stream().mapToLong(Long::longValue).toArray();
        try {
            var still = new TreeSet<>(missing);
            still.retainAll(found);
            for (long uid : session.present(uids)) {
                still.add(uid);
            }
            if (still.size() < uids.length) {
                log.info("{}: {} mails from UID {} are gone", folder, uids.length - still.size(), uids[0]);
            }
            return still;
        } catch (CommandRefusedException e) {
            // What cannot be confirmed is there.
            return missing;
        }
    }

    private Summary alone(FolderSession session, long uid, Summary known) throws IOException {
        var summary = known;
        if (failures.getOrDefault(uid, 0) < TRIES) {
            failures.merge(uid, 1, Integer::sum);
            var found = new TreeMap<Long, Summary>();
            add(found, session, uid, uid);
            failures.remove(uid);
            var again = found.getOrDefault(uid, known);
            summary = new Summary(
                    uid,
                    again.receivedAt().or(known::receivedAt),
                    again.size().isPresent() ? again.size() : known.size());
        }
        if (isIncomplete(summary)) {
            log.warn(
                    "{}: the server does not tell of the mail with UID {}:{}{}; it is read all the same",
                    folder,
                    uid,
                    summary.receivedAt().isEmpty() ? " INTERNALDATE" : "",
                    summary.size().isEmpty() ? " RFC822.SIZE" : "");
        }
        return summary;
    }
}

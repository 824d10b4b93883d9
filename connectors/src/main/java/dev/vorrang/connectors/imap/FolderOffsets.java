package dev.vorrang.connectors.imap;

import dev.vorrang.ingest.imap.DeliveredMails;
import dev.vorrang.ingest.imap.FolderHistory;
import dev.vorrang.ingest.imap.FolderPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The offsets of one folder. Beside the position they hold a hash of every mail delivered, in segments of {@value #SEGMENT_MAILS},
 * each a source partition of its own: Connect's offset store, and nothing else, knows what was delivered when the folder is
 * numbered anew. A segment's offset is at most 8.3 KB; a folder of 100,000 mails has 196.
 *
 * <p>Connect commits source partitions independently, so the first record of a segment must not go out before every record of
 * the one before is acknowledged. Not safe for use by more than one thread.
 */
final class FolderOffsets {

    static final int SEGMENT_MAILS = 512;

    private static final Logger log = LoggerFactory.getLogger(FolderOffsets.class);
    private static final int LOOKED_UP_AT_ONCE = 64;
    private static final int SEGMENT_CHARACTERS = SEGMENT_MAILS * DeliveredMails.HASH_CHARACTERS;

    private static final String ACCOUNT = "account";
    static final String FOLDER = "folder";
    private static final String SEGMENT = "segment";
    private static final String UID_VALIDITY = "uidValidity";
    private static final String UID = "uid";
    private static final String RESCAN_TO = "rescanTo";
    private static final String SINCE = "since";
    private static final String HASHES = "hashes";

    private final String account;
    private final String folder;
    private final StringBuilder hashes = new StringBuilder(SEGMENT_CHARACTERS);
    private int segment;
    private Map<String, Object> partition;

    private FolderOffsets(String account, String folder) {
        this.account = account;
        this.folder = folder;
        this.partition = partition(0);
    }

    /** Offsets with the history they tell. */
    record Loaded(FolderOffsets offsets, FolderHistory history) {}

    /**
     * Looks up what was committed.
     *
     * @throws ConnectException if an offset is not one of this connector
     */
    static Loaded load(OffsetStorageReader reader, String account, String folder) {
        var offsets = new FolderOffsets(account, folder);
        var delivered = new DeliveredMails();
        Optional<FolderPosition> position = Optional.empty();
        int mails = 0;
        int next = 0;
        boolean more = true;
        while (more) {
            var partitions = new ArrayList<Map<String, Object>>();
            for (int i = 0; i < LOOKED_UP_AT_ONCE; i++) {
                partitions.add(offsets.partition(next + i));
            }
            var found = reader.offsets(partitions);
            for (var each : partitions) {
                var offset = found.get(each);
                if (offset == null) {
                    more = false;
                    break;
                }
                var segmentHashes = offsets.resume(next++, each, offset);
                delivered.addAll(segmentHashes);
                mails += segmentHashes.length() / DeliveredMails.HASH_CHARACTERS;
                position = Optional.of(position(offset));
            }
        }
        log.info(
                "{} of {}: {}, {} mails delivered before",
                folder,
                account,
                position.map(at -> "goes on after UID " + at.uid()).orElse("never read before"),
                mails);
        return new Loaded(offsets, new FolderHistory(position, delivered));
    }

    private String resume(int number, Map<String, Object> newPartition, Map<String, Object> offset) {
        if (number > 0 && hashes.length() < SEGMENT_CHARACTERS) {
            log.warn(
                    "{} of {}: segment {} of the offsets was not committed to its end; if the folder is numbered anew, up to {}"
                            + " mails come again, with the ids they had",
                    folder,
                    account,
                    number - 1,
                    SEGMENT_MAILS - hashes.length() / DeliveredMails.HASH_CHARACTERS);
        }
        segment = number;
        partition = newPartition;
        hashes.setLength(0);
        hashes.append((String) offset.get(HASHES));
        return hashes.toString();
    }

    private static FolderPosition position(Map<String, Object> offset) {
        return new FolderPosition(
                number(offset, UID_VALIDITY), number(offset, UID), number(offset, RESCAN_TO), number(offset, SINCE));
    }

    private static long number(Map<String, Object> offset, String name) {
        if (offset.get(name) instanceof Number value) {
            return value.longValue();
        }
        throw new ConnectException("offset field " + name + " is '" + offset.get(name) + "', allowed: a number");
    }

    /** Whether the next mail begins a segment, which must wait until all before it are acknowledged. */
    boolean isSegmentFull() {
        return hashes.length() >= SEGMENT_CHARACTERS;
    }

    /** Adds a mail, in a new segment if the present one is full. */
    void add(String hash) {
        if (isSegmentFull()) {
            segment++;
            partition = partition(segment);
            hashes.setLength(0);
        }
        hashes.append(hash);
    }

    /** Source partition of the mail that was added last. */
    Map<String, Object> partition() {
        return partition;
    }

    /** Offset that says: read up to this position, and delivered all that was added. */
    Map<String, Object> offset(FolderPosition position) {
        return Map.of(
                UID_VALIDITY,
                position.uidValidity(),
                UID,
                position.uid(),
                RESCAN_TO,
                position.rescanTo(),
                SINCE,
                position.since(),
                HASHES,
                hashes.toString());
    }

    private Map<String, Object> partition(int number) {
        var made = new HashMap<String, Object>();
        made.put(ACCOUNT, account);
        made.put(FOLDER, folder);
        // Long, as JSON gives it back: the store compares partitions.
        made.put(SEGMENT, (long) number);
        return made;
    }

    /** For tests. */
    List<Integer> state() {
        return List.of(segment, hashes.length() / DeliveredMails.HASH_CHARACTERS);
    }
}

package dev.vorrang.ingest.connection;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What keeps readers of this process from reading at the moment. Connect knows only whether a task has failed; a reader that waits
 * for its server, or begins anew, reports it here, and whoever runs in the same process can tell it. Safe for use by many threads.
 */
public final class ReaderReports {

    private static final ConcurrentSkipListMap<String, String> TROUBLES = new ConcurrentSkipListMap<>();

    private ReaderReports() {}

    /**
     * A reader does not read.
     *
     * @param reader its name, different from those of others
     * @param problem why, in words
     */
    public static void trouble(String reader, String problem) {
        TROUBLES.put(reader, problem);
    }

    /** A reader reads, or was stopped. */
    public static void well(String reader) {
        TROUBLES.remove(reader);
    }

    /** A line for each reader that does not read, with its name and why, in the order of the names. */
    public static List<String> troubles() {
        return TROUBLES.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toList();
    }
}

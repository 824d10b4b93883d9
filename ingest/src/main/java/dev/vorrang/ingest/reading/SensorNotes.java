package dev.vorrang.ingest.reading;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once for each sensor, or for each other thing, what is odd about it. Safe for use by many threads. */
final class SensorNotes {

    private static final Logger LOG = LoggerFactory.getLogger(SensorNotes.class);

    /** More would only fill the log: names that change from reading to reading are no names of sensors. */
    private static final int MAX_TOLD = 1_000;

    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final int most;

    SensorNotes() {
        this(MAX_TOLD);
    }

    private SensorNotes(int most) {
        this.most = most;
    }

    /** Says nothing, where what is odd makes a dead letter. */
    static SensorNotes silent() {
        return new SensorNotes(0);
    }

    /**
     * @param what it is about, such as a sensor's name
     * @param note what is to be known, in words
     */
    void tell(String what, String source, String note) {
        if (told.size() < most && told.add(what)) {
            LOG.warn("{}: {}", BadPayloadException.shown(source), note);
        }
    }
}

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

    /**
     * @param what it is about, such as a sensor's name
     * @param note what is to be known, in words
     */
    void tell(String what, String source, String note) {
        if (told.size() < MAX_TOLD && told.add(what)) {
            LOG.warn("{}: {}", BadPayloadException.shown(source), note);
        }
    }
}

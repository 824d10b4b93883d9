package dev.vorrang.ingest.mqtt;

import dev.vorrang.ingest.reading.Decoded;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Flags the next reading of each machine after data went missing, for nobody knows whose it was. Of more than {@value #MOST}
 * machines those that were silent for longest are forgotten, and flagged once too often.
 */
final class MissingData {

    private static final int MOST = 100_000;

    /** Flag to how often it was raised. */
    private final Map<String, Long> raised = new HashMap<>();
    /** Machine to how often all flags were raised before its last reading. */
    private final Map<String, Map<String, Long>> told = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<String, Long>> eldest) {
            return size() > MOST;
        }
    };

    void raise(String flag) {
        raised.merge(flag, 1L, Long::sum);
    }

    Decoded flagged(Decoded decoded) {
        if (raised.isEmpty() || !(decoded instanceof Decoded.Accepted accepted)) {
            return decoded;
        }
        Map<String, Long> before = told.put(accepted.reading().getMachine(), Map.copyOf(raised));
        Decoded.Accepted flagged = accepted;
        for (Map.Entry<String, Long> flag : raised.entrySet()) {
            if (before == null || before.getOrDefault(flag.getKey(), 0L) < flag.getValue()) {
                flagged = flagged.flagged(flag.getKey());
            }
        }
        return flagged;
    }
}

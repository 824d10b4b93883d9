package dev.vorrang.ingest.reading;

import java.util.List;

/** Reads payloads. Safe for use by several threads. */
@FunctionalInterface
public interface PayloadDecoder {

    /**
     * Reads a payload. A bad one is no exception: it, or each bad row of it, is refused.
     *
     * @return one or more, in the order of the payload's rows
     */
    List<Decoded> decode(byte[] payload, Origin origin);
}

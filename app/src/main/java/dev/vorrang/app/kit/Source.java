package dev.vorrang.app.kit;

import java.util.Map;

/**
 * A connector that reads records into a stream.
 *
 * @param kind of what it reads, a word
 * @param name of the connector
 * @param words tells what it reads
 * @param config settings of the connector; they may hold secrets: for Connect alone
 */
public record Source(String kind, String name, String words, Map<String, String> config) {

    public Source {
        config = Map.copyOf(config);
    }

    /** Without its settings, which may hold secrets. */
    @Override
    public String toString() {
        return kind + " " + words;
    }
}

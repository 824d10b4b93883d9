package dev.vorrang.console.index;

/** Names a record among those of all streams. */
record RecordId(String stream, String id) {

    /** As a term; names of streams have no such character. */
    String term() {
        return stream + '\0' + id;
    }
}

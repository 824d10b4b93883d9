package dev.vorrang.console.index;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.StoredFieldVisitor;

/** What a document stores. */
record StoredRecord(
        Optional<String> summary,
        Optional<byte[]> desk,
        Optional<String> type,
        Optional<byte[]> founder,
        Optional<byte[]> score,
        Optional<byte[]> source) {

    /** Reads a document; its summary alone is read without the rest of it, which may be large. */
    static final class Visitor extends StoredFieldVisitor {

        private final boolean summaryOnly;
        private final Map<String, byte[]> bytes = new HashMap<>();
        private final Map<String, String> strings = new HashMap<>();

        Visitor(boolean summaryOnly) {
            this.summaryOnly = summaryOnly;
        }

        @Override
        public Status needsField(FieldInfo field) {
            return summaryOnly && strings.containsKey(Fields.SUMMARY) ? Status.STOP : Status.YES;
        }

        @Override
        public void stringField(FieldInfo field, String value) {
            strings.put(field.name, value);
        }

        @Override
        public void binaryField(FieldInfo field, byte[] value) {
            bytes.put(field.name, value);
        }

        StoredRecord record() {
            return new StoredRecord(
                    Optional.ofNullable(strings.get(Fields.SUMMARY)),
                    Optional.ofNullable(bytes.get(Fields.DESK)),
                    Optional.ofNullable(strings.get(Fields.TYPE)),
                    Optional.ofNullable(bytes.get(Fields.FOUNDER)),
                    Optional.ofNullable(bytes.get(Fields.SCORE)),
                    Optional.ofNullable(bytes.get(Fields.SOURCE)));
        }
    }
}

package dev.vorrang.app.crash;

import dev.vorrang.schemas.Stage;

/** Records that cannot be scored and must end in the dead letters, whatever happens around them. */
public enum Poison {
    /** Bytes that are no Avro record. */
    RUBBISH(Stage.DECODE),
    /** A schema that the registry does not know. */
    UNKNOWN_SCHEMA(Stage.DECODE),
    /** No value. */
    EMPTY(Stage.DECODE),
    /** A record whose end is missing. */
    CUT(Stage.DECODE),
    /** A record that the model chokes on, with all that are in its batch. */
    CHOKES(Stage.MODEL);

    /** What the model chokes on: the beginning of a subject, or the name of a sensor. */
    public static final String MARK = "poison";

    /** What the model says then. */
    public static final String COMPLAINT = "the model chokes on poison";

    private final Stage stage;

    Poison(Stage stage) {
        this.stage = stage;
    }

    /** Where it must have failed. */
    Stage stage() {
        return stage;
    }

    /** @param value as it would be if it were good */
    byte[] spoil(byte[] value) {
        return switch (this) {
            case RUBBISH -> "rubbish".getBytes(java.nio.charset.StandardCharsets.UTF_8);
            case UNKNOWN_SCHEMA -> {
                var spoilt = value.clone();
                spoilt[1] = 0x7f;
                yield spoilt;
            }
            case EMPTY -> null;
            case CUT -> java.util.Arrays.copyOf(value, value.length - 3);
            case CHOKES -> value;
        };
    }
}

package dev.vorrang.scoring.engine;

import dev.vorrang.schemas.Stage;

/** A record fails by its own fault, at a known stage; its cause goes into the dead letter. */
public final class RecordFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Stage stage;

    /** @param cause what the dead letter tells */
    public RecordFailedException(Stage stage, RuntimeException cause) {
        super(cause.getMessage(), cause);
        this.stage = stage;
    }

    public Stage stage() {
        return stage;
    }

    @Override
    public synchronized RuntimeException getCause() {
        return (RuntimeException) super.getCause();
    }
}

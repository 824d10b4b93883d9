package dev.vorrang.scoring.engine.batch;

/** The function fails whatever it is given, so no single item is to blame. Nothing of the batch was scored; try again later. */
public final class ModelFailingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ModelFailingException(String message, Throwable cause) {
        super(message, cause);
    }
}

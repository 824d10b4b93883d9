package dev.vorrang.training;

/** Training data that cannot be used. The message is one line that names file, line or column, and what is expected. */
public class TrainingDataException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public TrainingDataException(String message) {
        super(message);
    }

    public TrainingDataException(String message, Throwable cause) {
        super(message, cause);
    }
}

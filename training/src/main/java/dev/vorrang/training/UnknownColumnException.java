package dev.vorrang.training;

/** A column that was named is in none of the files. */
public final class UnknownColumnException extends TrainingDataException {

    private static final long serialVersionUID = 1;

    public UnknownColumnException(String message) {
        super(message);
    }
}

package dev.vorrang.embedded;

/** An error that is sent to the client, with the error codes of Confluent's API. */
final class RegistryError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final int code;

    private RegistryError(int status, int code, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
        this.code = code;
    }

    /** @param code of five digits, the first three the HTTP status, or the HTTP status itself */
    static RegistryError of(int code, String message) {
        return new RegistryError(code > 999 ? code / 100 : code, code, message, null);
    }

    static RegistryError of(int code, String message, Throwable cause) {
        return new RegistryError(code > 999 ? code / 100 : code, code, message, cause);
    }

    static RegistryError subjectNotFound(String subject) {
        return of(40401, "Subject '" + subject + "' not found.");
    }

    static RegistryError versionNotFound(Object version) {
        return of(40402, "Version " + version + " not found.");
    }

    static RegistryError schemaNotFound() {
        return of(40403, "Schema not found");
    }

    /** HTTP status. */
    int status() {
        return status;
    }

    /** Confluent's error code. */
    int code() {
        return code;
    }
}

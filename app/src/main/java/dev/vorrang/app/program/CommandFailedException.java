package dev.vorrang.app.program;

import picocli.CommandLine.ExitCode;

/**
 * A command cannot go on for a reason its user can act on. The message is the one line that they see: what is wrong, with field
 * and value, and the way out.
 */
public final class CommandFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int exitCode;

    public CommandFailedException(String message) {
        this(message, null);
    }

    public CommandFailedException(String message, Throwable cause) {
        this(message, ExitCode.SOFTWARE, cause);
    }

    private CommandFailedException(String message, int exitCode, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** Wrong settings or arguments: exit code 2. */
    public static CommandFailedException wrongUsage(String message) {
        return new CommandFailedException(message, ExitCode.USAGE, null);
    }

    /** What the process ends with. */
    public int exitCode() {
        return exitCode;
    }
}

package dev.vorrang.app.program;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Turns exceptions into sentences for people: the message of the error and of its causes, without names of Java classes. Those of the
 * standard library often have a path or a host as their only message, and the rest of the sentence as their name.
 */
public final class ErrorText {

    private static final Map<String, String> SENTENCES = Map.ofEntries(
            Map.entry("NoSuchFileException", "there is no such file or folder"),
            Map.entry("FileNotFoundException", "there is no such file"),
            Map.entry("AccessDeniedException", "this user may not read or write it"),
            Map.entry("FileAlreadyExistsException", "it is there already"),
            Map.entry("DirectoryNotEmptyException", "the folder is not empty"),
            Map.entry("NotDirectoryException", "it is no folder"),
            Map.entry("MalformedInputException", "it is not UTF-8"),
            Map.entry("BindException", "the port is taken, or the address is not one of this machine"),
            Map.entry("ConnectException", "nothing answers there"),
            Map.entry("NoRouteToHostException", "the host cannot be reached"),
            Map.entry("UnknownHostException", "there is no such host"),
            Map.entry("TimeoutException", "no answer in time"),
            Map.entry("SocketTimeoutException", "no answer in time"),
            Map.entry("HttpTimeoutException", "no answer in time"),
            Map.entry("HttpConnectTimeoutException", "no answer in time"),
            Map.entry("EOFException", "the other side closed the connection, or the file ends too early"),
            Map.entry("ClosedChannelException", "the connection was closed"),
            Map.entry("SSLHandshakeException", "TLS could not be agreed on"),
            Map.entry("OutOfMemoryError", "the memory is used up; give Java more with JAVA_OPTS=-Xmx1g"),
            Map.entry("StackOverflowError", "nested too deep"));

    /** A class name with its package, or a bare one that tells an error; a colon after it belongs to it. */
    private static final Pattern CLASS_NAME =
            Pattern.compile("\\b(?:[a-z][\\w$]*\\.)*([A-Z]\\w*(?:Exception|Error))\\b(:?)(\\s*)");

    private ErrorText() {}

    /** The error and those causes that add something, each once. */
    public static String of(Throwable error) {
        var text = new StringBuilder();
        for (Throwable each = error; each != null; each = each.getCause()) {
            String own = own(each);
            if (!own.isEmpty() && text.indexOf(own) < 0) {
                text.append(text.isEmpty() ? "" : ": ").append(own);
            }
        }
        return text.isEmpty()
                ? "an error without a message, " + words(error.getClass().getSimpleName())
                : text.toString();
    }

    /** A text that others wrote, with sentences in place of the names of Java's exceptions. */
    public static String plain(String text) {
        return CLASS_NAME.matcher(text).replaceAll(match -> {
            String sentence = SENTENCES.getOrDefault(match.group(1), "");
            String rest = sentence.isEmpty() ? "" : sentence + match.group(2) + match.group(3);
            boolean alone = match.group(2).isEmpty() && sentence.isEmpty();
            return java.util.regex.Matcher.quoteReplacement(alone ? words(match.group(1)) + match.group(3) : rest);
        });
    }

    private static String own(Throwable error) {
        String message =
                error.getMessage() == null ? "" : plain(error.getMessage().strip());
        String sentence = SENTENCES.getOrDefault(error.getClass().getSimpleName(), "");
        if (message.isEmpty() || sentence.isEmpty()) {
            return message.isEmpty() ? sentence : message;
        }
        // Only a path or a host; a whole sentence says more than ours.
        return message.contains(" ") ? message : message + ": " + sentence;
    }

    /** {@code IllegalStateException} as "illegal state". */
    private static String words(String className) {
        return className
                .replaceAll("(Exception|Error)$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}

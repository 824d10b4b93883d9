package dev.vorrang.app.streams.mail.score;

import dev.vorrang.schemas.EmailMessage;
import java.io.IOException;
import java.util.Optional;

/** Gives mails one by one, in the order of its input. For one thread; whoever opens one closes it. */
public interface MailReader extends AutoCloseable {

    /**
     * The next mail, empty at the end.
     *
     * @throws IOException if the input cannot be read further; the message names file and place
     */
    Optional<EmailMessage> next() throws IOException;

    /** Files that could not be read and were left out, as messages for people. */
    default java.util.List<String> leftOut() {
        return java.util.List.of();
    }

    /** What people should know of the mails read so far, a sentence each. */
    default java.util.List<String> notices() {
        return java.util.List.of();
    }

    @Override
    void close() throws IOException;
}

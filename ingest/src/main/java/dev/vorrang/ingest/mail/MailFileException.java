package dev.vorrang.ingest.mail;

import dev.vorrang.schemas.text.ForeignText;
import java.io.IOException;
import java.nio.file.Path;

/** A file or folder that cannot be read as mails. The message names the path, what is wrong, and what is allowed. */
public final class MailFileException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final String ALLOWED =
            "allowed: an .eml file, an mbox, a Maildir, or a folder of .eml, .txt and mbox files";

    MailFileException(Path path, String problem, Throwable cause) {
        super(ForeignText.line(path + ": " + problem + "; " + ALLOWED), cause);
    }

    MailFileException(Path path, String problem) {
        this(path, problem, null);
    }
}

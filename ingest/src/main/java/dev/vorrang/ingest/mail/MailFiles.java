package dev.vorrang.ingest.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Mails from files: an .eml file, an mbox, a Maildir, or a folder of these, subfolders included, in the order of their paths, which is
 * the same every time. One mail at a time is in memory, however large the mbox.
 *
 * <p>A mail beyond 64 MiB is cut there and says so ({@link RawMail#cut()}). For one thread; close it when done.
 */
public final class MailFiles implements Iterator<RawMail>, AutoCloseable {
    static final int MAX_MAIL_BYTES = 64 * 1024 * 1024;

    private final Iterator<MailFile> files;
    private final int maxMailBytes;
    private final Map<ByteBuffer, Integer> copies = new HashMap<>();
    private MboxReader mbox;
    private RawMail next;

    private MailFiles(Iterator<MailFile> files, int maxMailBytes) {
        this.files = files;
        this.maxMailBytes = maxMailBytes;
    }

    /**
     * Opens a file or folder. What a file is follows from its content: a first line that begins with "From " makes an mbox.
     *
     * @throws MailFileException if there is nothing there, it cannot be read, is empty or is no mail; the message says which, and what
     *     is allowed
     * @throws IOException if reading fails
     */
    public static MailFiles open(Path path) throws IOException {
        return open(path, MAX_MAIL_BYTES);
    }

    static MailFiles open(Path path, int maxMailBytes) throws IOException {
        return new MailFiles(MailFile.find(path).iterator(), maxMailBytes);
    }

    /**
     * Whether there is another mail.
     *
     * @throws UncheckedIOException if a file cannot be read; the file is left out, and a further call goes on with the next
     */
    @Override
    public boolean hasNext() {
        try {
            while (next == null && (mbox != null || files.hasNext())) {
                next = mbox == null ? open(files.next()) : nextOfMbox();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return next != null;
    }

    /**
     * The next mail.
     *
     * @throws UncheckedIOException as {@link #hasNext()}
     */
    @Override
    public RawMail next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more mails");
        }
        RawMail mail = next;
        next = null;
        return mail.withCopy(copies.merge(ByteBuffer.wrap(mail.digest()), 1, Integer::sum));
    }

    @Override
    public void close() throws IOException {
        if (mbox != null) {
            mbox.close();
            mbox = null;
        }
    }

    /** The mail of a file, or null for an mbox, which is open then. */
    private RawMail open(MailFile file) throws IOException {
        try {
            if (file.isMbox()) {
                mbox = MboxReader.open(file.path(), maxMailBytes);
                return null;
            }
            try (InputStream in = Files.newInputStream(file.path())) {
                byte[] bytes = in.readNBytes(maxMailBytes);
                boolean cut = bytes.length == maxMailBytes && in.read() >= 0;
                Instant modified = modified(file.path());
                return cut
                        ? RawMail.cut(bytes, source(file.path()), modified)
                        : new RawMail(bytes, source(file.path()), modified, 1);
            }
        } catch (IOException e) {
            throw new MailFileException(file.path(), "cannot be read (" + e + ")", e);
        }
    }

    private RawMail nextOfMbox() throws IOException {
        Optional<RawMail> mail = Optional.empty();
        try {
            mail = mbox.next();
        } finally {
            if (mail.isEmpty()) {
                close();
            }
        }
        return mail.orElse(null);
    }

    static String source(Path path) {
        return path.toAbsolutePath().normalize().toUri().toString();
    }

    static Instant modified(Path path) throws IOException {
        return Files.getLastModifiedTime(path).toInstant();
    }
}

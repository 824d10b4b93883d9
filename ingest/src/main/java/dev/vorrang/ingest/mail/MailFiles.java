package dev.vorrang.ingest.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Mails from files: .eml, mbox, Maildir, and folders of these, in a stable order. For one thread; close it when done. */
public final class MailFiles implements Iterator<RawMail>, AutoCloseable {
    private final Iterator<Path> files;

    private MailFiles(Iterator<Path> files) {
        this.files = files;
    }

    /** @throws IOException if the path cannot be read as mails */
    public static MailFiles open(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new MailFileException(path, "there is no such file or folder");
        }
        List<Path> files = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(path)) {
            walk.filter(Files::isRegularFile).sorted().forEach(files::add);
        }
        return new MailFiles(files.iterator());
    }

    @Override
    public boolean hasNext() {
        return files.hasNext();
    }

    @Override
    public RawMail next() {
        Path file = files.next();
        try {
            return new RawMail(
                    Files.readAllBytes(file),
                    file.toUri().toString(),
                    Files.getLastModifiedTime(file).toInstant(),
                    1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {}
}

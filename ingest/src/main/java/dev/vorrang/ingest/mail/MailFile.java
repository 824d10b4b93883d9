package dev.vorrang.ingest.mail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file with one mail, or with many.
 *
 * @param isMbox whether it is an mbox, else it is one mail
 */
record MailFile(Path path, boolean isMbox) {
    private static final Logger LOG = LoggerFactory.getLogger(MailFile.class);
    private static final int SNIFFED_BYTES = 4096;

    /** What the beginning of a file tells of it. */
    private enum Looks {
        EMPTY,
        MBOX,
        MAIL,
        TEXT,
        BINARY
    }

    /**
     * The files of a path, sorted by path within each folder.
     *
     * @throws MailFileException if there is none
     */
    static List<MailFile> find(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new MailFileException(path, "there is no such file or folder");
        }
        if (!Files.isReadable(path)) {
            throw new MailFileException(path, "must not be read by this user");
        }
        if (!Files.isDirectory(path)) {
            return List.of(single(path));
        }
        List<MailFile> found = new ArrayList<>();
        collect(path, found);
        if (found.isEmpty()) {
            throw new MailFileException(path, "the folder has no mails");
        }
        return found;
    }

    /** A file that was named itself: where it is no mail, better to say so than to read it. */
    private static MailFile single(Path file) throws IOException {
        return switch (looks(file)) {
            case EMPTY -> throw new MailFileException(file, "is empty");
            case BINARY -> throw new MailFileException(file, "is binary and no mail");
            case MBOX -> new MailFile(file, true);
            case MAIL, TEXT -> new MailFile(file, false);
        };
    }

    private static void collect(Path folder, List<MailFile> found) throws IOException {
        boolean maildir = Files.isDirectory(folder.resolve("cur"), LinkOption.NOFOLLOW_LINKS)
                || Files.isDirectory(folder.resolve("new"), LinkOption.NOFOLLOW_LINKS);
        List<Path> entries;
        try (Stream<Path> list = Files.list(folder)) {
            entries = list.sorted().toList();
        }
        for (Path entry : entries) {
            String name = entry.getFileName().toString();
            if (isLink(entry)) {
                continue;
            }
            if (Files.isDirectory(entry)) {
                if (maildir && (name.equals("cur") || name.equals("new"))) {
                    collectMaildir(entry, found);
                } else if (!(maildir && name.equals("tmp"))) {
                    collect(entry, found);
                }
            } else if (!maildir && !name.startsWith(".")) {
                add(entry, found);
            }
        }
    }

    /** A link may lead out of the folder, or round in a circle; only the path that was named itself may be one. */
    private static boolean isLink(Path entry) {
        boolean link = Files.isSymbolicLink(entry);
        if (link) {
            LOG.warn("{}: is a symbolic link and is not followed", entry);
        }
        return link;
    }

    /** In a Maildir every file is one mail, whatever its name. */
    private static void collectMaildir(Path folder, List<MailFile> found) throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            list.filter(Files::isRegularFile)
                    .filter(file -> !isLink(file))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .forEach(file -> found.add(new MailFile(file, false)));
        }
    }

    /** A file that calls itself a mail is one, damaged or not; others must look like one. */
    private static void add(Path file, List<MailFile> found) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        boolean named = name.endsWith(".eml") || name.endsWith(".txt");
        if (!Files.isReadable(file)) {
            // Reading it will say so, at its place in the order.
            found.add(new MailFile(file, false));
            return;
        }
        Looks looks = looks(file);
        if (looks == Looks.MBOX) {
            found.add(new MailFile(file, !name.endsWith(".eml")));
        } else if (named || looks == Looks.MAIL) {
            found.add(new MailFile(file, false));
        } else {
            LOG.info("{} is left out: neither an .eml or .txt file nor like a mail or an mbox inside", file);
        }
    }

    private static Looks looks(Path file) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(SNIFFED_BYTES);
        } catch (IOException e) {
            throw new MailFileException(file, "cannot be read (" + e + ")", e);
        }
        if (start.length == 0) {
            return Looks.EMPTY;
        }
        if (new String(start, 0, Math.min(5, start.length), StandardCharsets.ISO_8859_1).equals("From ")) {
            return Looks.MBOX;
        }
        for (byte b : start) {
            if (b == 0) {
                return Looks.BINARY;
            }
        }
        return HeaderBlock.read(start, 0, Lines.end(start, 0, start.length), SNIFFED_BYTES)
                        .isEmpty()
                ? Looks.TEXT
                : Looks.MAIL;
    }
}

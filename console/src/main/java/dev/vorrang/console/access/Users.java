package dev.vorrang.console.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users of the file, read again when it has changed. While it cannot be read nobody logs in with a password. Thread-safe.
 */
final class Users {

    private static final Logger LOG = LoggerFactory.getLogger(Users.class);
    /** Of nobody; takes as long as any other, so that the time does not tell who is there. */
    private static final PasswordHash NOBODY = PasswordHash.of(Secrets.make());
    /** Each takes 19 MiB and a processor. */
    private static final int AT_ONCE = 4;

    private static final int WAIT_SECONDS = 10;

    private final UserFile file;
    private final Consumer<String> changed;
    private final Semaphore checks = new Semaphore(AT_ONCE, true);
    private Map<String, UserFile.Entry> entries = Map.of();
    private FileTime read = FileTime.fromMillis(-1);
    private long size = -1;

    /** @param changed is told the name of each user who was removed or has another role or password */
    Users(UserFile file, Consumer<String> changed) {
        this.file = file;
        this.changed = changed;
    }

    /**
     * Who has a name and a password. Takes as long for a name that is not there.
     *
     * @throws TooManyLoginsException if too many are checked already
     */
    Optional<User> check(String name, String password) {
        Optional<UserFile.Entry> entry = find(name);
        boolean right = isOf(entry.map(UserFile.Entry::password).orElse(NOBODY), password);
        return entry.filter(any -> right).map(Users::user);
    }

    private boolean isOf(PasswordHash hash, String password) {
        try {
            if (!checks.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new TooManyLoginsException(Duration.ofSeconds(WAIT_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TooManyLoginsException(Duration.ofSeconds(WAIT_SECONDS));
        }
        try {
            return hash.isOf(password);
        } finally {
            checks.release();
        }
    }

    /** As the user is now. */
    Optional<User> user(String name) {
        return find(name).map(Users::user);
    }

    /** Looks whether the file has changed; to be called now and then. */
    void refresh() {
        current();
    }

    boolean isEmpty() {
        return current().isEmpty();
    }

    UserFile file() {
        return file;
    }

    private static User user(UserFile.Entry entry) {
        return new User(entry.name(), entry.role(), User.Source.FILE);
    }

    private Optional<UserFile.Entry> find(String name) {
        return Optional.ofNullable(current().get(name));
    }

    private synchronized Map<String, UserFile.Entry> current() {
        Path path = file.path();
        try {
            boolean there = Files.exists(path);
            FileTime time = there ? Files.getLastModifiedTime(path) : FileTime.fromMillis(-1);
            long bytes = there ? Files.size(path) : -1;
            if (!time.equals(read) || bytes != size) {
                take(file.read());
                read = time;
                size = bytes;
            }
        } catch (IOException e) {
            LOG.error("The users cannot be read, nobody can log in with a password: {}", e.getMessage());
            take(Map.of());
            read = FileTime.fromMillis(-1);
            size = -1;
        }
        return entries;
    }

    private void take(Map<String, UserFile.Entry> fresh) {
        var before = entries;
        entries = fresh;
        before.forEach((name, entry) -> {
            UserFile.Entry now = fresh.get(name);
            boolean same = now != null
                    && now.role() == entry.role()
                    && now.password().text().equals(entry.password().text());
            if (!same) {
                changed.accept(name);
            }
        });
    }
}

package dev.vorrang.console.access;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The file of users: a line {@code name:role:hash} each. It is this system user's alone, is replaced as a whole, and may be changed by
 * several programs at a time.
 */
public final class UserFile {

    private static final String COMMENT = "#";

    private final Path path;

    /**
     * A user of the file.
     *
     * @param password its hash
     */
    public record Entry(String name, Role role, PasswordHash password) {}

    public UserFile(Path path) {
        this.path = path;
    }

    public Path path() {
        return path;
    }

    /**
     * All users by name; none if there is no file.
     *
     * @throws IOException if it cannot be read, has a line that is not allowed, or others may read or write it; the message says which
     */
    public Map<String, Entry> read() throws IOException {
        List<String> lines;
        try {
            OwnFiles.requirePrivate(path);
            lines = Files.readAllLines(path);
        } catch (NoSuchFileException e) {
            return Map.of();
        }
        var entries = new LinkedHashMap<String, Entry>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith(COMMENT)) {
                Entry entry = parse(i + 1, line);
                if (entries.put(entry.name(), entry) != null) {
                    throw refused(i + 1, "user '" + entry.name() + "' is there twice", null);
                }
            }
        }
        return entries;
    }

    private Entry parse(int number, String line) throws IOException {
        String[] parts = line.split(":", 3);
        if (parts.length != 3) {
            throw refused(number, "allowed is name:role:hash", null);
        }
        try {
            return new Entry(UserName.of(parts[0]), role(parts[1]), PasswordHash.parse(parts[2]));
        } catch (IllegalArgumentException e) {
            throw refused(number, e.getMessage(), e);
        }
    }

    private static Role role(String word) {
        for (Role each : Role.values()) {
            if (each.word().equals(word)) {
                return each;
            }
        }
        throw new IllegalArgumentException("role '" + word + "': allowed is one of viewer, agent, admin");
    }

    private IOException refused(int line, String problem, Exception cause) {
        return new IOException(path + " line " + line + ": " + problem, cause);
    }

    /**
     * Adds a user.
     *
     * @throws IllegalArgumentException if name or password are not allowed, or the user is there
     * @throws IOException if the file cannot be read or written
     */
    public void add(String user, Role role, String password) throws IOException {
        String name = UserName.of(user);
        Passwords.check(name, password);
        change(users -> {
            if (users.putIfAbsent(name, new Entry(name, role, PasswordHash.of(password))) != null) {
                throw new IllegalArgumentException("user '" + name + "' is there already");
            }
            return users;
        });
    }

    /**
     * Removes a user.
     *
     * @throws IllegalArgumentException if there is none
     * @throws IOException if the file cannot be read or written
     */
    public void remove(String name) throws IOException {
        change(users -> {
            if (users.remove(name) == null) {
                throw unknown(name, users);
            }
            return users;
        });
    }

    /**
     * Gives a user another password, and another role if there is one.
     *
     * @throws IllegalArgumentException if there is no such user, or the password is not allowed
     * @throws IOException if the file cannot be read or written
     */
    public void update(String name, Optional<Role> role, Optional<String> password) throws IOException {
        password.ifPresent(each -> Passwords.check(name, each));
        change(users -> {
            Entry before = Optional.ofNullable(users.get(name)).orElseThrow(() -> unknown(name, users));
            users.put(
                    name,
                    new Entry(
                            name,
                            role.orElse(before.role()),
                            password.map(PasswordHash::of).orElse(before.password())));
            return users;
        });
    }

    private static IllegalArgumentException unknown(String name, Map<String, Entry> users) {
        return new IllegalArgumentException("user '" + name + "': there is no such user; there are "
                + (users.isEmpty() ? "none" : String.join(", ", users.keySet())));
    }

    /** One after the other in this program, and by the lock between programs. */
    private void change(UnaryOperator<Map<String, Entry>> change) throws IOException {
        synchronized (UserFile.class) {
            changeLocked(change);
        }
    }

    private void changeLocked(UnaryOperator<Map<String, Entry>> change) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        OwnFiles.createFolder(folder);
        Path lock = folder.resolve(path.getFileName() + ".lock");
        try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // Until the channel is closed.
            channel.lock();
            var users = change.apply(new TreeMap<>(read()));
            var lines = new ArrayList<String>();
            lines.add(COMMENT + " Users of the console. Change it with 'vorrang user'.");
            users.values()
                    .forEach(each ->
                            lines.add(each.name() + ":" + each.role().name().toLowerCase(Locale.ROOT) + ":"
                                    + each.password().text()));
            OwnFiles.write(path, String.join("\n", lines) + "\n");
        } catch (FileSystemException e) {
            throw new IOException(path + " cannot be written: allowed is a file of this user's own", e);
        }
    }
}

package dev.vorrang.app.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Secrets that stand in files. */
public final class Secrets {

    private Secrets() {}

    /** The secret of one key, or the first line of the file that the other names. */
    public static Optional<Secret> read(SettingsReader reader, Key<Secret> inline, Key<Path> file, int place) {
        if (reader.isSet(inline, place) && reader.isSet(file, place)) {
            reader.problem(file.at(place), "allowed is either this or " + inline.at(place));
        }
        return reader.find(inline, place)
                .or(() -> reader.find(file, place).flatMap(path -> firstLine(reader, file.at(place), path)));
    }

    /** Notes a problem unless the file can be read and its first line has something in it. */
    public static void checkReadable(SettingsReader reader, String name, Path file) {
        firstLine(reader, name, file);
    }

    private static Optional<Secret> firstLine(SettingsReader reader, String name, Path file) {
        try (var lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            var line = lines.readLine();
            if (line != null && !line.isBlank()) {
                return Optional.of(new Secret(line.strip()));
            }
            reader.problem(name, "'" + file + "' is empty; allowed is a file with something in its first line");
        } catch (IOException e) {
            reader.problem(name, "'" + file + "' cannot be read; allowed is a text file that this user can read");
        }
        return Optional.empty();
    }
}

package dev.vorrang.app.program;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the program is installed. */
public final class Home {

    private static final String PROPERTY = "vorrang.home";

    private Home() {}

    /** The folder of the {@code vorrang} script, which holds {@code models/}; the working folder if no script started Java. */
    public static Path folder() {
        return Path.of(System.getProperty(PROPERTY, "")).toAbsolutePath();
    }

    /** What is wrong with a model's folder from the settings: that it is not there. */
    public static Optional<String> requireModel(Path folder) {
        return Files.isDirectory(resolve(folder))
                ? Optional.empty()
                : Optional.of(
                        "'" + folder + "': there is no such folder; allowed is the folder of one version of a model");
    }

    /** A path from the settings: as it stands if there is something there, else seen from the program's folder. */
    public static Path resolve(Path path) {
        return Files.exists(path) ? path : folder().resolve(path);
    }
}

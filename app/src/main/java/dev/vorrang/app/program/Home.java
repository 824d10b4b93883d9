package dev.vorrang.app.program;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the program is installed. */
public final class Home {

    private static final String PROPERTY = "vorrang.home";

    private Home() {}

    /** The folder of the {@code vorrang} script, which holds {@code models/}; the working folder if no script started Java. */
    public static Path folder() {
        return Path.of(System.getProperty(PROPERTY, "")).toAbsolutePath();
    }

    /** Folder of the models that ship. */
    public static Path models() {
        return folder().resolve("models");
    }

    /** A path from the settings: as it stands if there is something there, else seen from the program's folder. */
    public static Path resolve(Path path) {
        return Files.exists(path) ? path : folder().resolve(path);
    }
}

package dev.vorrang.app.program;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the program is installed. */
public final class Home {

    /** The mail model that ships, as seen from {@link #folder}. */
    public static final String MAIL_MODEL = "models/mail-triage/3";

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

    /** Folder of the mail model that ships. */
    public static Path mailModel() {
        return folder().resolve(MAIL_MODEL);
    }

    /** Folder of the general anomaly model that ships. */
    public static Path machineModel() {
        return models().resolve("machine-anomaly").resolve("1");
    }

    /** Folder of the general model of demand that ships. */
    public static Path demandModel() {
        return models().resolve("demand").resolve("1");
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

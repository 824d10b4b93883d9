package dev.vorrang.app.streams.mail.score;

import dev.vorrang.app.program.Home;
import java.nio.file.Path;

/** The mail model that ships. It scores if no other is named. */
public final class ShippedModel {

    /** As seen from the program's folder. */
    public static final Path PATH = Path.of("models", "mail-triage", "3");

    private ShippedModel() {}

    /** Its folder. */
    public static Path folder() {
        return Home.folder().resolve(PATH);
    }
}

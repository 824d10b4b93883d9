package dev.vorrang.app.evaluate;

import dev.vorrang.app.program.CommandFailedException;
import java.awt.GraphicsEnvironment;

/** What charts are labelled with. */
public final class Fonts {

    private Fonts() {}

    /**
     * Looks before anything is scored: Java draws no text on a system without fonts, and says so with an error of its own.
     *
     * @throws CommandFailedException if there are none, with what to install
     */
    public static void require() {
        try {
            if (GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames().length > 0) {
                return;
            }
        } catch (Error e) {
            throw missing(e);
        }
        throw missing(null);
    }

    private static CommandFailedException missing(Error cause) {
        return new CommandFailedException(
                "the page's charts need a font, and this system has none: install one (Debian: apt install fontconfig"
                        + " fonts-dejavu-core)",
                cause);
    }
}

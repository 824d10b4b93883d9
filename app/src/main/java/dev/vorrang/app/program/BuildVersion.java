package dev.vorrang.app.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the program. */
public final class BuildVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"vorrang " + number(), "Java " + Runtime.version()};
    }

    /** Version of the project, such as {@code 0.1.0}. */
    public static String number() {
        var properties = new Properties();
        try (var in = Objects.requireNonNull(
                BuildVersion.class.getResourceAsStream("version.properties"), "version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("version.properties", e);
        }
        return properties.getProperty("version");
    }
}

package dev.vorrang.connectors.plugin;

/** Version of the plugin, from its jar. */
public final class Version {

    private Version() {}

    /** Version as it stands in the jar, or {@code development}. */
    public static String current() {
        var version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}

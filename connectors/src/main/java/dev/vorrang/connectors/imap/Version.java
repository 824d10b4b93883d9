package dev.vorrang.connectors.imap;

/** Version of the plugin, from its jar. */
final class Version {

    private Version() {}

    static String current() {
        var version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}

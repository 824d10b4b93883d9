package dev.vorrang.app.settings;

/** Where a part runs. */
public enum Placement {
    /** In this program. */
    EMBEDDED,
    /** Elsewhere; this program uses it, or leaves its work to it. */
    EXTERNAL
}

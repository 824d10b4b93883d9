package dev.vorrang.app.settings;

/** Settings of one stream: those that all streams have, and its own. */
public interface StreamOptions {

    StreamSettings stream();
}

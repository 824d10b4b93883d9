package dev.vorrang.app.settings;

/** Settings of something that is read into a stream. */
public interface SourceSettings {

    /** Name of its connector, under which positions are kept. */
    String name();
}

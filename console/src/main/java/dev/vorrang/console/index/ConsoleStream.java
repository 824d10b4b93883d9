package dev.vorrang.console.index;

import java.util.List;

/** A stream as the console shows it. */
public interface ConsoleStream {

    /** Its name, such as {@code mail}. */
    String name();

    /** What is shown of it, by type of record; the first is shown where none is asked for. */
    List<RecordFeed<?, ?>> feeds();
}

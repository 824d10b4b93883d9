package dev.vorrang.app.settings;

import java.util.ArrayList;
import java.util.List;

/**
 * Keys that stand under one path, in the order of their declaration. A key is declared once, where it is added: its name, type, range,
 * default, doc and example. The reference, the example file and the tests are made from the sections.
 */
public final class Section {

    private final String path;
    private final String title;
    private final String introduction;
    private final List<Key<?>> keys = new ArrayList<>();

    /**
     * @param path of its keys, joined by dots; {@code []} stands for a place in a list; empty for the top of the file
     * @param title for people
     * @param introduction what its keys have in common, in Markdown; may be empty
     */
    public Section(String path, String title, String introduction) {
        this.path = path;
        this.title = title;
        this.introduction = introduction;
    }

    /**
     * Declares a key.
     *
     * @param key whose path is its name within this section
     * @return the key with its whole path
     */
    public <T> Key<T> add(Key<T> key) {
        Key<T> own = key.under(path);
        keys.add(own);
        return own;
    }

    public String path() {
        return path;
    }

    String title() {
        return title;
    }

    String introduction() {
        return introduction;
    }

    public List<Key<?>> keys() {
        return List.copyOf(keys);
    }
}

package dev.vorrang.console.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The files of the page, read once from the class path: all below {@code dev/vorrang/console/page/}, and the libraries that its
 * {@code libraries.properties} names ({@code lib/htm.js=META-INF/resources/…}). {@code index.html} is the page itself; in it
 * {@code @static@} stands for the folder of all others, whose name changes when one of them does. Immutable.
 */
final class PageFiles {

    private static final String FOLDER = "dev/vorrang/console/page/";
    private static final String INDEX = "index.html";
    private static final String LIBRARIES = "libraries.properties";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "mjs", "text/javascript; charset=utf-8",
            "json", "application/json",
            "webmanifest", "application/manifest+json",
            "svg", "image/svg+xml",
            "png", "image/png",
            "woff2", "font/woff2",
            "ico", "image/x-icon");

    private final Map<String, byte[]> files;
    private final String version;
    private final byte[] index;

    /** A file with the type of its content. */
    record PageFile(String type, byte[] bytes) {}

    private PageFiles(Map<String, byte[]> files) {
        this.files = files;
        this.version = hash(files);
        byte[] page = Optional.ofNullable(files.get(INDEX))
                .orElseThrow(() -> new IllegalStateException("the class path has no " + FOLDER + INDEX));
        this.index = new String(page, StandardCharsets.UTF_8)
                .replace("@static@", "/static/" + version)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** @throws UncheckedIOException if they cannot be read */
    static PageFiles read() {
        ClassLoader loader = PageFiles.class.getClassLoader();
        URL at = loader.getResource(FOLDER + INDEX);
        if (at == null) {
            throw new IllegalStateException("the class path has no " + FOLDER + INDEX);
        }
        try {
            var files = new TreeMap<>(folder(at.toURI()));
            var libraries = new Properties();
            if (files.containsKey(LIBRARIES)) {
                libraries.load(new java.io.ByteArrayInputStream(files.remove(LIBRARIES)));
            }
            for (String name : libraries.stringPropertyNames()) {
                files.put(name, resource(loader, libraries.getProperty(name).strip()));
            }
            return new PageFiles(files);
        } catch (IOException e) {
            throw new UncheckedIOException("the files of the page cannot be read", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("no address: " + at, e);
        }
    }

    private static Map<String, byte[]> folder(URI index) throws IOException {
        if (!index.getScheme().equals("jar")) {
            return walk(Path.of(index).getParent());
        }
        try (FileSystem jar = FileSystems.newFileSystem(index, Map.of())) {
            return walk(jar.getPath(FOLDER));
        }
    }

    private static Map<String, byte[]> walk(Path folder) throws IOException {
        var files = new TreeMap<String, byte[]>();
        try (var all = Files.walk(folder)) {
            for (Path each : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                files.put(folder.relativize(each).toString().replace('\\', '/'), Files.readAllBytes(each));
            }
        }
        return files;
    }

    private static byte[] resource(ClassLoader loader, String name) throws IOException {
        try (var in = loader.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(FOLDER + LIBRARIES + " names '" + name + "', which the class path does not have");
            }
            return in.readAllBytes();
        }
    }

    private static String hash(Map<String, byte[]> files) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, bytes) -> {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(bytes);
            });
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java has SHA-256", e);
        }
    }

    /** The page. */
    PageFile index() {
        return new PageFile(TYPES.get("html"), index);
    }

    /** A file of the folder that {@code @static@} stands for. */
    Optional<PageFile> find(String folder, String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
        return Optional.ofNullable(files.get(name))
                .filter(any -> folder.equals(version) && type != null)
                .map(bytes -> new PageFile(type, bytes));
    }
}

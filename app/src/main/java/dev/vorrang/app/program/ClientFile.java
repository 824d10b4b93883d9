package dev.vorrang.app.program;

import dev.vorrang.embedded.EmbeddedLogin;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The file {@code client.properties} of a data folder: address and login of the broker and the registry that run embedded, by Kafka's
 * and Confluent's names, so that any Kafka client can be given it as it stands. Only its owner can read it.
 */
public final class ClientFile {

    static final String NAME = "client.properties";

    private static final String REGISTRY_URL = "schema.registry.url";
    private static final Pattern REGISTRY = Pattern.compile("(schema\\.registry|basic\\.auth)\\..*");
    private static final Pattern JAAS = Pattern.compile("username=\"([^\"]*)\" password=\"([^\"]*)\"");

    private final Path file;

    public ClientFile(Path dataFolder) {
        this.file = dataFolder.resolve(NAME);
    }

    public Path path() {
        return file;
    }

    /** The login of this folder: that of the file, or a new one if it has none. */
    public EmbeddedLogin login() {
        var jaas = JAAS.matcher(read().getOrDefault("sasl.jaas.config", ""));
        try {
            return jaas.find() ? new EmbeddedLogin(jaas.group(1), jaas.group(2)) : EmbeddedLogin.generate();
        } catch (IllegalArgumentException e) {
            // Edited by hand to what cannot be a login.
            return EmbeddedLogin.generate();
        }
    }

    /** What a Kafka client needs, by Kafka's names; empty if nothing runs embedded here, or ever did. */
    public Map<String, String> kafkaClient() {
        return read().entrySet().stream()
                .filter(each -> !REGISTRY.matcher(each.getKey()).matches())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** What a registry client needs, by Confluent's names; empty as above. */
    public Map<String, String> registryClient() {
        return read().entrySet().stream()
                .filter(each -> REGISTRY.matcher(each.getKey()).matches())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * Writes the file anew.
     *
     * @param bootstrapServers of the embedded broker, if there is one
     * @param registryUrl of the embedded registry, if there is one
     * @throws CommandFailedException if it cannot be written
     */
    public void write(EmbeddedLogin login, Optional<String> bootstrapServers, Optional<String> registryUrl) {
        var all = new TreeMap<>(login.kafkaClient());
        bootstrapServers.ifPresent(servers -> all.put("bootstrap.servers", servers));
        registryUrl.ifPresent(url -> {
            all.putAll(login.registryClient());
            all.put(REGISTRY_URL, url);
        });
        String text =
                "# Written at each start: how programs of this user reach the broker and registry inside vorrang run.\n"
                        + all.entrySet().stream()
                                .map(each -> each.getKey() + "=" + each.getValue() + "\n")
                                .collect(Collectors.joining());
        try {
            var fresh = file.resolveSibling(NAME + ".new");
            Files.deleteIfExists(fresh);
            createPrivate(fresh);
            Files.writeString(fresh, text);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CommandFailedException(
                    file + " cannot be written: free some space, or set data to a folder that this user can write", e);
        }
    }

    /** Before there is anything in it to read. */
    private static void createPrivate(Path path) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(path);
        }
    }

    private Map<String, String> read() {
        var properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file, StandardCharsets.UTF_8)));
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailedException(
                    file + ", which has the login of the embedded broker, cannot be read: run this as the user who runs"
                            + " 'vorrang run'",
                    e);
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }
}

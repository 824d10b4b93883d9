package dev.vorrang.scoring.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads, writes and verifies the cards of models. Safe for use by several threads. */
public final class ModelCards {

    /** Path of the card in a model's folder. */
    public static final String CARD = "assets.extra/model.json";

    /** Path of the tokenizer in the folder of a model that takes tokens. */
    public static final String TOKENIZER = "assets.extra/tokenizer.json";

    private static final String GRAPH = "saved_model.pb";
    private static final List<String> PARTS = List.of("variables", "assets", "assets.extra");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new RequiredFields())
            .addModule(new Jdk8Module())
            .withConfigOverride(
                    Optional.class,
                    field -> field.setInclude(JsonInclude.Value.construct(
                            JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT)))
            .build();

    /** A field may be left out if it is an {@link Optional}, and no other. */
    private static final class RequiredFields extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasRequiredMarker(AnnotatedMember field) {
            return field.getRawType() != Optional.class;
        }
    }

    private ModelCards() {}

    /**
     * Reads the card of a model without looking at its other files.
     *
     * @param folder folder of one version of a model
     * @param type of the card
     * @param tasks that cards of this type may have
     * @throws ModelRefusedException if folder or card is missing, or the card is not valid JSON or has a bad field
     */
    public static <T extends ModelCard> T read(Path folder, Class<T> type, Set<String> tasks) {
        if (!Files.isDirectory(folder)) {
            throw new ModelRefusedException("no model at " + folder + ": the folder does not exist");
        }
        Path file = folder.resolve(CARD);
        if (!Files.isRegularFile(file)) {
            throw new ModelRefusedException("model at " + folder + " has no card: " + CARD + " is missing");
        }
        try {
            JsonNode card = JSON.readTree(Files.readAllBytes(file));
            String task = card.path("task").asText();
            if (card.has("task") && !tasks.contains(task)) {
                throw new ModelRefusedException("card " + file + ": field 'task' is '" + task + "', allowed: " + tasks);
            }
            return JSON.treeToValue(card, type);
        } catch (JsonMappingException e) {
            throw new ModelRefusedException("card " + file + ": " + complaint(e), e);
        } catch (JsonProcessingException e) {
            throw new ModelRefusedException(
                    "card " + file + " is not valid JSON: "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    e);
        } catch (IOException e) {
            throw new ModelRefusedException("card " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Writes the card into a model's folder.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public static void write(Path folder, ModelCard card) {
        var printer = new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
        try {
            Files.createDirectories(folder.resolve(CARD).getParent());
            Files.writeString(folder.resolve(CARD), JSON.writer(printer).writeValueAsString(card) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the card of the model in " + folder, e);
        }
    }

    /**
     * SHA-256 of the graph and of every file in {@code variables}, {@code assets} and {@code assets.extra} but the card itself, by
     * path in the model's folder.
     *
     * @throws UncheckedIOException if a file cannot be read
     */
    public static Map<String, String> hashes(Path folder) {
        var hashes = new TreeMap<String, String>();
        if (Files.isRegularFile(folder.resolve(GRAPH))) {
            hashes.put(GRAPH, sha256(folder.resolve(GRAPH)));
        }
        for (String part : PARTS) {
            if (Files.isDirectory(folder.resolve(part))) {
                try (Stream<Path> files = Files.walk(folder.resolve(part))) {
                    files.filter(file -> !Files.isDirectory(file))
                            .forEach(file -> hashes.put(nameIn(folder, file), sha256(file)));
                } catch (IOException e) {
                    throw new UncheckedIOException("cannot list " + folder.resolve(part), e);
                }
            }
        }
        hashes.remove(CARD);
        return hashes;
    }

    private static String nameIn(Path folder, Path file) {
        return folder.relativize(file).toString().replace(File.separatorChar, '/');
    }

    /**
     * Compares the files of a model with its card.
     *
     * @throws ModelRefusedException naming the first file that is missing, changed or not in the card
     */
    static void verify(Path folder, ModelCard card, ModelOptions options) {
        options.cardSha256().ifPresent(pinned -> {
            String actual = sha256(folder.resolve(CARD));
            if (!actual.equals(pinned)) {
                throw new ModelRefusedException("card of the model at " + folder + " has SHA-256 " + actual
                        + ", the settings expect " + pinned);
            }
        });
        Map<String, String> actual = hashes(folder);
        if (!actual.containsKey(GRAPH)) {
            throw new ModelRefusedException("model at " + folder + " is incomplete: " + GRAPH + " is missing");
        }
        verify(folder, card, actual);
    }

    /**
     * Compares files that are no graph with their card.
     *
     * @throws ModelRefusedException naming the first file that is missing, changed or not in the card
     */
    public static void verifyFiles(Path folder, ModelCard card) {
        verify(folder, card, hashes(folder));
    }

    private static void verify(Path folder, ModelCard card, Map<String, String> actual) {
        card.files().forEach((file, expected) -> {
            String hash = actual.get(file);
            if (hash == null) {
                throw new ModelRefusedException("model at " + folder + " is incomplete: " + file + " is missing");
            }
            if (!hash.equalsIgnoreCase(expected)) {
                throw new ModelRefusedException(
                        "model at " + folder + ": " + file + " has SHA-256 " + hash + ", its card says " + expected);
            }
        });
        actual.keySet().stream()
                .filter(file -> !card.files().containsKey(file))
                .findFirst()
                .ifPresent(file -> {
                    throw new ModelRefusedException(
                            "model at " + folder + ": " + file + " is not in the 'files' of its card");
                });
    }

    private static String complaint(JsonMappingException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException) {
                return at(e) + cause.getMessage();
            }
        }
        return at(e) + e.getOriginalMessage().lines().findFirst().orElse("");
    }

    private static String at(JsonMappingException e) {
        var path = new StringBuilder();
        for (JsonMappingException.Reference reference : e.getPath()) {
            path.append(path.isEmpty() ? "" : ".")
                    .append(reference.getFieldName() == null ? reference.getIndex() : reference.getFieldName());
        }
        return path.isEmpty() ? "" : "at '" + path + "': ";
    }

    /** SHA-256 of a file, 64 hex digits. */
    public static String sha256(Path file) {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of()
                    .formatHex(((DigestInputStream) in).getMessageDigest().digest());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

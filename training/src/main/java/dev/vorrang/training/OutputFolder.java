package dev.vorrang.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The folder that a model is written into. */
public final class OutputFolder {

    private OutputFolder() {}

    /**
     * Makes sure that nothing is written over.
     *
     * @param out may be absent
     * @throws TrainingDataException if it has anything in it, or cannot be looked into
     */
    public static void requireEmpty(Path out) {
        if (!Files.exists(out)) {
            return;
        }
        try (Stream<Path> files = Files.list(out)) {
            if (files.findAny().isPresent()) {
                throw new TrainingDataException("output folder " + out + " is not empty");
            }
        } catch (IOException e) {
            throw new TrainingDataException("output folder " + out + " cannot be used: " + e.getMessage(), e);
        }
    }
}

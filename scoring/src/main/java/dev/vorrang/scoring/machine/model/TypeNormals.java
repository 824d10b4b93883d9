package dev.vorrang.scoring.machine.model;

import dev.vorrang.scoring.machine.judge.TypeNormal;
import dev.vorrang.scoring.model.ModelCards;
import dev.vorrang.scoring.model.ModelRefusedException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Reads and writes the folders of normals of types: a card as models have it, and what was learned. */
public final class TypeNormals {

    private static final String FILE = "assets/normal.bin";

    private TypeNormals() {}

    /**
     * Reads the card of a normal without looking at its other files.
     *
     * @throws ModelRefusedException if folder or card is missing, or the card is not valid
     */
    public static TypeNormalCard card(Path folder) {
        return ModelCards.read(folder, TypeNormalCard.class, Set.of(TypeNormalCard.TYPE_NORMAL));
    }

    /**
     * Reads a normal, and compares its files with its card.
     *
     * @param folder folder of one version
     * @throws ModelRefusedException if anything is missing, damaged or not as the card says
     */
    public static TypeNormal load(Path folder) {
        ModelCards.verifyFiles(folder, card(folder));
        Path file = folder.resolve(FILE);
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            TypeNormal normal = TypeNormal.read(in);
            if (in.read() >= 0) {
                throw new IOException("there is more after its end");
            }
            return normal;
        } catch (IOException e) {
            throw new ModelRefusedException("normal at " + folder + ": " + FILE + ": " + e.getMessage(), e);
        }
    }

    /**
     * Writes a normal with its card.
     *
     * @param card makes the card, given the hashes of the files
     * @return the card
     * @throws UncheckedIOException if it cannot be written
     */
    public static TypeNormalCard write(
            Path folder, TypeNormal normal, Function<Map<String, String>, TypeNormalCard> card) {
        Path file = folder.resolve(FILE);
        try {
            Files.createDirectories(file.getParent());
            try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
                normal.write(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the normal to " + folder, e);
        }
        TypeNormalCard complete = card.apply(ModelCards.hashes(folder));
        ModelCards.write(folder, complete);
        return complete;
    }
}

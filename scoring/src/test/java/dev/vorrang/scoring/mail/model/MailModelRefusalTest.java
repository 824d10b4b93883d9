package dev.vorrang.scoring.mail.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vorrang.scoring.model.ModelCards;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.scoring.model.ModelRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a model is not as its card says ends in one clear line, and in no model. */
class MailModelRefusalTest {

    private static final String VARIABLES = "variables/variables.data-00000-of-00001";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path temporary;

    private Path folder;

    @BeforeEach
    void writeSoundModel() throws IOException {
        folder = temporary.resolve("1");
        TinyModel.write(folder);
    }

    @Test
    void shouldLoadTheSoundModel() {
        MailModel.load(folder, ModelOptions.defaults()).close();
    }

    @Test
    void shouldNameAMissingFolder() {
        folder = temporary.resolve("none");
        refused("no model at", "none");
    }

    @Test
    void shouldNameAMissingCard() throws IOException {
        Files.delete(folder.resolve(ModelCards.CARD));
        refused("has no card");
    }

    @Test
    void shouldRefuseACardThatIsNotJson() throws IOException {
        Files.writeString(folder.resolve(ModelCards.CARD), "{\"name\": ");
        refused("card");
    }

    @Test
    void shouldNameAMissingField() throws IOException {
        editCard(card -> card.remove("heads"));
        refused("heads");
    }

    @Test
    void shouldNameAWrongField() throws IOException {
        editCard(card -> ((ObjectNode) card.at("/heads/topic")).put("threshold", 1.5));
        refused("heads", "'threshold' is '1.5'", "0 to 1");
    }

    @Test
    void shouldRefuseAnotherTask() throws IOException {
        editCard(card -> card.put("task", "machine"));
        refused("'task' is 'machine'");
    }

    @Test
    void shouldRefuseAnUnknownHead() throws IOException {
        editCard(card -> ((ObjectNode) card.get("heads")).set("mood", card.at("/heads/topic")));
        refused("head 'mood'", "sentiment");
    }

    @Test
    void shouldNameAMissingGraph() throws IOException {
        Files.delete(folder.resolve("saved_model.pb"));
        refused("saved_model.pb is missing");
    }

    @Test
    void shouldNameMissingVariables() throws IOException {
        Files.delete(folder.resolve(VARIABLES));
        refused(VARIABLES + " is missing");
    }

    @Test
    void shouldRefuseAChangedFile() throws IOException {
        flipLastByte(folder.resolve(VARIABLES));
        refused(VARIABLES, "its card says");
    }

    @Test
    void shouldRefuseAFileThatTheCardDoesNotName() throws IOException {
        Files.writeString(folder.resolve("variables/more"), "x");
        refused("variables/more is not in the 'files'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"assets/words.txt", "assets/deep/er/words.txt", "assets.extra/more.json"})
    void shouldRefuseAnAssetThatTheCardDoesNotNameOrThatChanged(String asset) throws IOException {
        Files.createDirectories(folder.resolve(asset).getParent());
        Files.writeString(folder.resolve(asset), "x");
        refused(asset + " is not in the 'files'");

        ModelCards.write(folder, TinyModel.card(TinyModel.LABELS, ModelCards.hashes(folder)));
        Files.writeString(folder.resolve(asset), "y");
        refused(asset, "its card says");
    }

    @Test
    void shouldRefuseADamagedGraphEvenIfItsHashFits() throws IOException {
        Files.writeString(folder.resolve("saved_model.pb"), "this is no protocol buffer");
        ModelCards.write(folder, TinyModel.card(TinyModel.LABELS, ModelCards.hashes(folder)));
        refused("cannot be loaded");
    }

    @Test
    void shouldRefuseDamagedVariablesEvenIfTheirHashFits() throws IOException {
        Files.write(folder.resolve("variables/variables.index"), new byte[100]);
        ModelCards.write(folder, TinyModel.card(TinyModel.LABELS, ModelCards.hashes(folder)));
        refused("cannot be loaded");
    }

    @Test
    void shouldRefuseLabelsUnlikeTheWidthOfTheHead() throws IOException {
        ModelCards.write(folder, TinyModel.card(List.of("a", "b", "c"), ModelCards.hashes(folder)));
        refused("output 'topic' is float32 [-1, 2] in its graph, expected float32 [-1, 3]");
    }

    @Test
    void shouldRefuseASignatureInTheCardThatDiffers() throws IOException {
        editCard(card -> ((ObjectNode) card.at("/signature/inputs/0")).put("dtype", "int32"));
        refused("input 'subject' is int32 [-1] in its card, expected string [-1]");
    }

    @Test
    void shouldRefuseACardOtherThanThePinnedOne() {
        var pinned = new ModelOptions(List.of(), OptionalInt.empty(), OptionalInt.empty(), Optional.of("0".repeat(64)));
        assertThatThrownBy(() -> MailModel.load(folder, pinned))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("the settings expect " + "0".repeat(64));
    }

    private void refused(String... parts) {
        assertThatThrownBy(() -> MailModel.load(folder, ModelOptions.defaults()))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContainingAll(parts)
                .message()
                .hasLineCount(1);
    }

    private void editCard(Consumer<ObjectNode> edit) throws IOException {
        Path file = folder.resolve(ModelCards.CARD);
        var card = (ObjectNode) JSON.readTree(file.toFile());
        edit.accept(card);
        JSON.writeValue(file.toFile(), card);
    }

    private static void flipLastByte(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
    }
}

package dev.vorrang.scoring.mail.model;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.tensorflow.types.TInt64;

/** Every way in which a model of tokens is not as its card says ends in one clear line, and in no model. */
class TokenModelRefusalTest {

    private static final int VOCABULARY = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @BeforeEach
    void writeSoundModel() throws IOException {
        TokenizerFiles.wordPiece(folder);
        TinyTokenModel.write(folder, TInt64.class, VOCABULARY, "topic", false);
        writeCard();
    }

    @Test
    void shouldLoadTheSoundModelAndReadItsCardAgain() {
        MailModel.load(folder, ModelOptions.defaults()).close();
        MailCard card = MailCard.read(folder);
        assertThat(card.tokens()).contains(TinyTokenModel.tokens(VOCABULARY));
        assertThat(card.files()).containsKey("assets.extra/tokenizer.json");
    }

    @Test
    void shouldReadACardWithoutTokens() throws IOException {
        editCard(card -> card.remove("tokens"));
        assertThat(MailCard.read(folder).tokens()).isEmpty();
        refused("input 'body' is missing in its card, expected string [-1]");
    }

    @Test
    void shouldNameAMissingTokenizer() throws IOException {
        Files.delete(folder.resolve(ModelCards.TOKENIZER));
        refused("tokenizer.json is missing");
    }

    @Test
    void shouldRefuseATokenizerThatIsNotJson() throws IOException {
        Files.writeString(folder.resolve(ModelCards.TOKENIZER), "{\"model\": ");
        refused("tokenizer.json is not valid JSON");
    }

    @Test
    void shouldRefuseATokenizerWithoutAVocabulary() throws IOException {
        Files.writeString(folder.resolve(ModelCards.TOKENIZER), "{\"model\": {}}");
        refused("'model.vocab' is missing");
    }

    @Test
    void shouldRefuseATokenizerThatTheLibraryDoesNotKnow() throws IOException {
        Files.writeString(
                folder.resolve(ModelCards.TOKENIZER), "{\"model\": {\"type\": \"Odd\", \"vocab\": {\"a\": 1}}}");
        refused("tokenizer.json is refused by the tokenizer library");
    }

    @Test
    void shouldRefuseAChangedTokenizer() throws IOException {
        Path file = folder.resolve(ModelCards.TOKENIZER);
        Files.writeString(file, Files.readString(file).replace("\"lowercase\": true", "\"lowercase\": false"));
        refused("assets.extra/tokenizer.json has SHA-256", "its card says");
    }

    @Test
    void shouldRefuseATokenizerThatTheCardDoesNotPin() throws IOException {
        editCard(card -> ((ObjectNode) card.get("files")).remove(ModelCards.TOKENIZER));
        refused("assets.extra/tokenizer.json is not in the 'files'");
    }

    @Test
    void shouldRefuseAVocabularySmallerThanTheTokenizers() throws IOException {
        editCard(card -> ((ObjectNode) card.get("tokens")).put("vocabulary", 9));
        refused("gives ids up to 9", "'tokens.vocabulary' of the card is 9", "largest allowed is 8");
    }

    @Test
    void shouldRefuseATableSmallerThanTheCardSaysEvenWithoutAWarmUp() throws IOException {
        TinyTokenModel.write(folder.resolve("small"), TInt64.class, VOCABULARY - 1, "topic", false);
        folder = folder.resolve("small");
        TokenizerFiles.wordPiece(folder);
        writeCard();
        var options = new ModelOptions(List.of(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
        assertThatThrownBy(() -> MailModel.load(folder, options))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("fails its warm-up call")
                .hasMessageContaining("9 is not in [0, 9)");
    }

    @Test
    void shouldNameAMissingMaxLength() throws IOException {
        editCard(card -> ((ObjectNode) card.get("tokens")).remove("maxLength"));
        refused("maxLength");
    }

    @Test
    void shouldRefuseAMaxLengthThatLeavesNoRoomForAMail() throws IOException {
        editCard(card -> ((ObjectNode) card.get("tokens")).put("maxLength", 3));
        refused("adds 3 tokens", "'tokens.maxLength' of the card is 3", "4 or more");
    }

    @Test
    void shouldRefuseBucketsThatDoNotEndAtMaxLength() throws IOException {
        editCard(card ->
                ((ObjectNode) card.get("tokens")).putArray("buckets").add(8).add(16));
        refused("'tokens.buckets' is '[8, 16]'", "the last 40");
    }

    @Test
    void shouldRefuseAnInputOfAnotherType() throws IOException {
        editCard(card -> ((ObjectNode) card.at("/signature/inputs/0")).put("dtype", "float32"));
        refused("input 'input_ids' is float32 in its card, allowed: int32 or int64");
    }

    @Test
    void shouldRefuseATypeThatTheGraphDoesNotTake() throws IOException {
        editCard(card -> card.at("/signature/inputs").forEach(input -> ((ObjectNode) input).put("dtype", "int32")));
        refused("is int64 [-1, -1] in its graph, expected int32 [-1, -1]");
    }

    @Test
    void shouldRefuseAnInputOfAnotherName() throws IOException {
        editCard(card -> ((ObjectNode) card.at("/signature/inputs/1")).put("name", "mask"));
        refused("input 'attention_mask' is missing in its card, expected int64 [-1, -1]");
    }

    @Test
    void shouldRefuseAModelWithoutFeaturesAsAStartForANewHead() {
        assertThatThrownBy(() -> FeatureModel.load(folder, ModelOptions.defaults()))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("has no signature 'features', it has [serving_default]");
    }

    private void writeCard() {
        TinyTokenModel.writeCard(folder, "int64", TinyTokenModel.tokens(VOCABULARY), "topic", 1, false);
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
}

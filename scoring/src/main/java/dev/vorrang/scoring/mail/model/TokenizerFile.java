package dev.vorrang.scoring.mail.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vorrang.scoring.model.ModelCards;
import dev.vorrang.scoring.model.ModelRefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * A {@code tokenizer.json} of Hugging Face's tokenizers, as far as it must be known before it is used.
 *
 * @param json the file
 * @param largestId the largest token id that it can give
 * @param paddingId id of the padding token; 0 if it names none, which the attention mask hides
 */
record TokenizerFile(String json, int largestId, int paddingId) {

    private static final Set<String> PADDING_TOKENS = Set.of("[PAD]", "<pad>", "<|pad|>", "<PAD>");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** @throws ModelRefusedException if it is missing, is not JSON, or names no tokens */
    static TokenizerFile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ModelRefusedException(
                    "tokenizer " + file + " is missing; a model that takes tokens needs " + ModelCards.TOKENIZER);
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            JsonNode root = JSON.readTree(bytes);
            int largest = largestId(root);
            if (largest < 0) {
                throw new ModelRefusedException("tokenizer " + file
                        + ": field 'model.vocab' is missing or empty, expected a token with its id, or a list"
                        + " of tokens");
            }
            return new TokenizerFile(new String(bytes, StandardCharsets.UTF_8), largest, paddingId(root));
        } catch (JsonProcessingException e) {
            throw new ModelRefusedException(
                    "tokenizer " + file + " is not valid JSON: "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    e);
        } catch (IOException e) {
            throw new ModelRefusedException("tokenizer " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static int largestId(JsonNode root) {
        JsonNode vocabulary = root.at("/model/vocab");
        // A list in Unigram models, the id is the place; an object in all others.
        int largest = vocabulary.isArray() ? vocabulary.size() - 1 : -1;
        if (vocabulary.isObject()) {
            for (JsonNode id : vocabulary) {
                largest = Math.max(largest, id.asInt(-1));
            }
        }
        for (JsonNode token : root.path("added_tokens")) {
            largest = Math.max(largest, token.path("id").asInt(-1));
        }
        return largest;
    }

    private static int paddingId(JsonNode root) {
        JsonNode stated = root.at("/padding/pad_id");
        if (stated.isInt() && stated.asInt() >= 0) {
            return stated.asInt();
        }
        for (JsonNode token : root.path("added_tokens")) {
            if (PADDING_TOKENS.contains(token.path("content").asText())) {
                return token.path("id").asInt(0);
            }
        }
        return 0;
    }
}

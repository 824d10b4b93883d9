package dev.vorrang.training.bert;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vorrang.training.TrainingDataException;
import java.util.List;

/** BERT's tokenizer as {@code tokenizer.json} of Hugging Face's tokenizers, made of a {@code vocab.txt}. */
public final class WordPieces {

    private static final ObjectMapper JSON = new ObjectMapper();
    static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
    private static final int LONGEST_WORD = 100;

    private WordPieces() {}

    /**
     * @param vocabulary a token in each place, which is its id
     * @param lowerCase whether the model was trained on lower case without accents
     * @throws TrainingDataException if a special token is missing
     */
    public static String json(List<String> vocabulary, boolean lowerCase) {
        ObjectNode root = JSON.createObjectNode().put("version", "1.0");
        root.putNull("truncation").putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        for (String token : SPECIAL) {
            added.addObject()
                    .put("id", id(vocabulary, token))
                    .put("content", token)
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
        root.putObject("normalizer")
                .put("type", "BertNormalizer")
                .put("clean_text", true)
                .put("handle_chinese_chars", true)
                .put("strip_accents", lowerCase)
                .put("lowercase", lowerCase);
        root.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
        ObjectNode processor = root.putObject("post_processor").put("type", "BertProcessing");
        processor.putArray("sep").add("[SEP]").add(id(vocabulary, "[SEP]"));
        processor.putArray("cls").add("[CLS]").add(id(vocabulary, "[CLS]"));
        root.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
        ObjectNode model = root.putObject("model")
                .put("type", "WordPiece")
                .put("unk_token", "[UNK]")
                .put("continuing_subword_prefix", "##")
                .put("max_input_chars_per_word", LONGEST_WORD);
        ObjectNode ids = model.putObject("vocab");
        for (int id = 0; id < vocabulary.size(); id++) {
            ids.put(vocabulary.get(id), id);
        }
        return root.toString();
    }

    private static int id(List<String> vocabulary, String token) {
        int id = vocabulary.indexOf(token);
        if (id < 0) {
            throw new TrainingDataException("base model: its vocabulary lacks " + token);
        }
        return id;
    }
}

package dev.vorrang.scoring.mail.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vorrang.scoring.model.ModelCards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small files {@code tokenizer.json}, laid out as Hugging Face's tokenizers write them. */
final class TokenizerFiles {

    /** Words that the tokenizers know, as one token each. */
    static final List<String> WORDS = List.of("printer", "paper", "toner", "invoice", "refund", "word");

    private static final ObjectMapper JSON = new ObjectMapper();

    private TokenizerFiles() {}

    /** BERT's way: a pair of texts, {@code [CLS] subject [SEP] body [SEP]}; ids 0 to 9, padding is 0. */
    static Path wordPiece(Path folder) throws IOException {
        Map<String, Integer> vocabulary = vocabulary(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]"), WORDS);
        return write(
                folder, """
                    {"version": "1.0", "truncation": null, "padding": null,
                     "added_tokens": [%s, %s],
                     "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
                       "strip_accents": null, "lowercase": true},
                     "pre_tokenizer": {"type": "BertPreTokenizer"},
                     "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]},
                     "decoder": null,
                     "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                       "max_input_chars_per_word": 100, "vocab": %s}}
                    """.formatted(special("[PAD]", 0), special("[SEP]", 3), JSON.writeValueAsString(vocabulary)));
    }

    /** Letters that are merged into the words; one text, nothing added to it; padding is 1. */
    static Path bpe(Path folder) throws IOException {
        var tokens = new ArrayList<String>();
        for (char letter = 'a'; letter <= 'z'; letter++) {
            tokens.add(String.valueOf(letter));
        }
        var merges = new ArrayList<String>();
        for (String word : WORDS) {
            for (int end = 2; end <= word.length(); end++) {
                String merged = word.substring(0, end);
                if (!tokens.contains(merged)) {
                    merges.add(word.substring(0, end - 1) + " " + word.charAt(end - 1));
                    tokens.add(merged);
                }
            }
        }
        return write(folder, """
            {"version": "1.0", "truncation": null,
             "padding": {"strategy": {"Fixed": 20}, "direction": "Right", "pad_to_multiple_of": null,
               "pad_id": 1, "pad_type_id": 0, "pad_token": "<pad>"},
             "added_tokens": [%s],
             "normalizer": {"type": "Lowercase"}, "pre_tokenizer": {"type": "Whitespace"},
             "post_processor": null, "decoder": null,
             "model": {"type": "BPE", "dropout": null, "unk_token": "<unk>", "continuing_subword_prefix": null,
               "end_of_word_suffix": null, "fuse_unk": false, "byte_fallback": false,
               "vocab": %s, "merges": %s}}
            """.formatted(
                        special("<pad>", 1),
                        JSON.writeValueAsString(vocabulary(List.of("<unk>", "<pad>"), tokens)),
                        JSON.writeValueAsString(merges)));
    }

    private static Map<String, Integer> vocabulary(List<String> first, List<String> then) {
        var vocabulary = new LinkedHashMap<String, Integer>();
        first.forEach(token -> vocabulary.put(token, vocabulary.size()));
        then.forEach(token -> vocabulary.put(token, vocabulary.size()));
        return vocabulary;
    }

    private static String special(String token, int id) {
        return ("{\"id\": %d, \"content\": \"%s\", \"single_word\": false, \"lstrip\": false, \"rstrip\": false,"
                        + " \"normalized\": false, \"special\": true}")
                .formatted(id, token);
    }

    private static Path write(Path folder, String json) throws IOException {
        Path file = folder.resolve(ModelCards.TOKENIZER);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, json);
    }
}

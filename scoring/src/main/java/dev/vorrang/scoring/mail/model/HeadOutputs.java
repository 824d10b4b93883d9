package dev.vorrang.scoring.mail.model;

import dev.vorrang.scoring.model.InferenceBackend.Answer;
import dev.vorrang.scoring.model.ModelCard.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How the heads of a model come out of its graph. The output named as the head is a probability of each label. If the card names
 * an output {@code logits.HEAD} in its place, or just {@code logits} in a model of one head, that is divided by the head's
 * temperature here and made into probabilities (softmax); so a model may be served as others export it.
 */
final class HeadOutputs {

    private static final String LOGITS = "logits";

    private final Map<String, MailCard.Head> heads;
    /** Output by head. */
    private final Map<String, String> names = new TreeMap<>();

    HeadOutputs(MailCard card) {
        heads = card.heads();
        var stated = card.signature().outputs().stream().map(TensorSpec::name).collect(Collectors.toSet());
        for (String head : heads.keySet()) {
            String own = LOGITS + "." + head;
            if (stated.contains(own)) {
                names.put(head, own);
            } else if (heads.size() == 1 && stated.contains(LOGITS)) {
                names.put(head, LOGITS);
            } else {
                names.put(head, head);
            }
        }
    }

    /** What the graph must give. */
    List<TensorSpec> specs() {
        return names.entrySet().stream()
                .map(name -> new TensorSpec(name.getValue(), "float32", List.of(-1L, (long)
                        heads.get(name.getKey()).labels().size())))
                .toList();
    }

    /**
     * Takes the outputs of a call apart.
     *
     * @return probabilities of each head, {@code [mail][label]}; not checked to add up to one if the graph made them
     * @throws IllegalStateException if an output has another shape
     */
    Map<String, float[][]> probabilities(Answer answer, int mails) {
        var probabilities = new TreeMap<String, float[][]>();
        names.forEach((head, output) -> {
            float[][] rows = answer.rows(output, mails, heads.get(head).labels().size());
            if (!output.equals(head)) {
                for (float[] row : rows) {
                    softmax(row, heads.get(head).temperature());
                }
            }
            probabilities.put(head, rows);
        });
        return probabilities;
    }

    private static void softmax(float[] logits, double temperature) {
        double top = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            top = Math.max(top, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp((logit - top) / temperature);
        }
        for (int label = 0; label < logits.length; label++) {
            logits[label] = (float) (Math.exp((logits[label] - top) / temperature) / sum);
        }
    }
}

package dev.vorrang.scoring.mail.model;

import dev.vorrang.scoring.model.CardCheck;
import dev.vorrang.scoring.model.ModelCard;
import dev.vorrang.scoring.model.ModelCards;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The card of a mail model.
 *
 * @param name name of the model, letters, digits, dot, underscore and hyphen
 * @param version version of the model, the same characters
 * @param task what it does; {@link #MAIL_TASK} for mail models
 * @param description a sentence for people
 * @param signature what the graph takes and gives
 * @param heads what the model says of a mail, by the name of the head
 * @param limits how much of a mail the model reads
 * @param training where the model comes from
 * @param figures what was measured
 * @param files SHA-256 (64 hex digits) of the graph, of each variables file and of the tokenizer, by path in the model's folder
 * @param tokens how mails become tokens; empty for a model that takes {@code subject} and {@code body} as they are
 * @param languages languages that the model knows (ISO 639-1): it abstains in others; empty if that was not measured
 */
public record MailCard(
        String name,
        String version,
        String task,
        String description,
        ModelCard.Signature signature,
        Map<String, Head> heads,
        Limits limits,
        ModelCard.Training training,
        List<Figure> figures,
        Map<String, String> files,
        Optional<Tokens> tokens,
        Optional<List<String>> languages)
        implements ModelCard {

    /** Task of a model that takes mails, as strings or as tokens, and gives topic, sentiment or priority. */
    public static final String MAIL_TASK = "mail";

    /**
     * A head: probabilities over labels. The output of the same name has the shape {@code [batch, labels]}. Instead of it a model
     * may give logits: see {@code HeadOutputs}.
     *
     * @param labels label of each column
     * @param temperature the logits are divided by this before the softmax, inside the graph, or outside if it gives logits;
     *     chosen on validation data
     * @param threshold the model abstains below this probability, 0 to 1; 0 never abstains
     * @param precision share of right answers among those at or above the threshold, above 0 and at most 1: measured on mails that were
     *     not learned from, the mean over the data sets
     */
    public record Head(List<String> labels, double temperature, double threshold, Optional<Double> precision) {

        /** A head whose threshold was not chosen for a precision. */
        public Head(List<String> labels, double temperature, double threshold) {
            this(labels, temperature, threshold, Optional.empty());
        }

        public Head {
            labels = List.copyOf(CardCheck.present("labels", labels));
            CardCheck.that(labels.size() >= 2, "labels", labels, "two or more");
            CardCheck.that(new HashSet<>(labels).size() == labels.size(), "labels", labels, "no label twice");
            CardCheck.that(temperature > 0 && temperature < 1e6, "temperature", temperature, "above 0");
            CardCheck.that(threshold >= 0 && threshold <= 1, "threshold", threshold, "0 to 1");
            CardCheck.that(
                    precision.isEmpty() || precision.get() > 0 && precision.get() <= 1,
                    "precision",
                    precision.orElse(1.0),
                    "above 0, at most 1");
        }
    }

    /**
     * Characters (UTF-16 units) of a mail that the model reads; the rest is left off before it is called.
     *
     * @param subjectCharacters of the subject, 1 or more
     * @param bodyCharacters of the body, 1 or more
     */
    public record Limits(int subjectCharacters, int bodyCharacters) {
        public Limits {
            CardCheck.that(subjectCharacters > 0, "limits.subjectCharacters", subjectCharacters, "1 or more");
            CardCheck.that(bodyCharacters > 0, "limits.bodyCharacters", bodyCharacters, "1 or more");
        }
    }

    /**
     * How mails become tokens, of a model that takes {@code input_ids} and {@code attention_mask}; its tokenizer is
     * {@code assets.extra/tokenizer.json}.
     *
     * @param maxLength tokens of a mail that the model reads at most, those that the tokenizer adds included; the rest is cut
     * @param vocabulary how many token ids the model knows: each is at least 0 and less
     * @param pair whether subject and body are a pair of texts, or one text; empty leaves it to the tokenizer, see
     *     {@code MailTokenizer}
     * @param buckets longest length of each bucket of lengths, ascending, the last is {@code maxLength}; empty for 16, 32, 64 and
     *     so on
     */
    public record Tokens(int maxLength, int vocabulary, Optional<Boolean> pair, Optional<List<Integer>> buckets) {
        public Tokens {
            CardCheck.that(maxLength > 0, "tokens.maxLength", maxLength, "1 or more");
            CardCheck.that(vocabulary > 0, "tokens.vocabulary", vocabulary, "1 or more");
            CardCheck.present("tokens.pair", pair);
            buckets = CardCheck.present("tokens.buckets", buckets).map(List::copyOf);
            int longest = maxLength;
            buckets.ifPresent(bounds -> CardCheck.that(
                    ascending(bounds) && bounds.get(bounds.size() - 1) == longest,
                    "tokens.buckets",
                    bounds,
                    "numbers from 1, each larger than the one before, the last " + longest));
        }

        private static boolean ascending(List<Integer> bounds) {
            int before = 0;
            for (int bound : bounds) {
                if (bound <= before) {
                    return false;
                }
                before = bound;
            }
            return before > 0;
        }
    }

    /**
     * A measurement of one head on one set of rows.
     *
     * @param data name of the set, or {@code all}
     * @param part which part of it: {@code validation} rows were never trained on, but temperature, threshold and the number
     *     of epochs were chosen on them
     * @param head name of the head
     * @param rows labelled rows measured
     * @param accuracy share of right answers, abstained or not, 0 to 1
     * @param macroF1 mean F1 over the labels that occur, 0 to 1
     * @param ece expected calibration error over 15 equal bins (Guo et al., On Calibration of Modern Neural Networks, 2017)
     * @param abstained share of rows below the threshold, 0 to 1
     */
    public record Figure(
            String data,
            String part,
            String head,
            int rows,
            double accuracy,
            double macroF1,
            double ece,
            double abstained) {}

    public MailCard {
        CardCheck.identifier("name", name);
        CardCheck.identifier("version", version);
        CardCheck.that(MAIL_TASK.equals(task), "task", task, "'" + MAIL_TASK + "'");
        description = description == null ? "" : description;
        CardCheck.present("signature", signature);
        heads = new TreeMap<>(CardCheck.present("heads", heads));
        CardCheck.that(!heads.isEmpty(), "heads", heads.keySet(), "one or more");
        CardCheck.present("limits", limits);
        CardCheck.present("training", training);
        figures = figures == null ? List.of() : List.copyOf(figures);
        files = new TreeMap<>(CardCheck.present("files", files));
        CardCheck.present("tokens", tokens);
        languages = CardCheck.present("languages", languages).map(List::copyOf);
        languages.ifPresent(known -> CardCheck.that(
                !known.isEmpty() && known.stream().allMatch(language -> language.matches("[a-z]{2,3}")),
                "languages",
                known,
                "one or more codes of ISO 639-1, such as de"));
    }

    /**
     * Reads the card of a model without looking at its other files.
     *
     * @param folder folder of one version of a model
     * @throws dev.vorrang.scoring.model.ModelRefusedException if folder or card is missing, or the card is not valid
     */
    public static MailCard read(Path folder) {
        return ModelCards.read(folder, MailCard.class, Set.of(MAIL_TASK));
    }

    /** The card of a model that does not state its languages. */
    public MailCard(
            String name,
            String version,
            String task,
            String description,
            ModelCard.Signature signature,
            Map<String, Head> heads,
            Limits limits,
            ModelCard.Training training,
            List<Figure> figures,
            Map<String, String> files,
            Optional<Tokens> tokens) {
        this(
                name,
                version,
                task,
                description,
                signature,
                heads,
                limits,
                training,
                figures,
                files,
                tokens,
                Optional.empty());
    }

    /** The card of a model that takes {@code subject} and {@code body}. */
    public MailCard(
            String name,
            String version,
            String task,
            String description,
            ModelCard.Signature signature,
            Map<String, Head> heads,
            Limits limits,
            ModelCard.Training training,
            List<Figure> figures,
            Map<String, String> files) {
        this(name, version, task, description, signature, heads, limits, training, figures, files, Optional.empty());
    }
}

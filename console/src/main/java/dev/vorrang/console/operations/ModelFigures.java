package dev.vorrang.console.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.text.ForeignText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Figures of the cards of models in a folder, {@code <model>/<version>/assets.extra/model.json}. Of heads the accuracy over all data
 * sets, of other measures the value on each. Read once; thread-safe.
 */
final class ModelFigures {

    private static final Logger LOG = LoggerFactory.getLogger(ModelFigures.class);
    private static final int MAX_FIGURES = 20;
    private static final long MAX_BYTES = 10_000_000;

    private final Map<ModelRef, Map<String, String>> figures = new HashMap<>();

    /** Figures of the models of a folder; of none if it is empty or cannot be read. */
    static ModelFigures of(Optional<Path> folder) {
        var found = new ModelFigures();
        folder.filter(Files::isDirectory).ifPresent(root -> {
            try (var files =
                    Files.find(root, 4, (file, attributes) -> file.endsWith(Path.of("assets.extra", "model.json")))) {
                files.forEach(found::read);
            } catch (IOException | RuntimeException e) {
                LOG.warn("the cards of the models in {} cannot be read: {}", root, ForeignText.line(e.getMessage()));
            }
        });
        return found;
    }

    private void read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("it has more than " + MAX_BYTES + " bytes");
            }
            JsonNode card = new ObjectMapper().readTree(file.toFile());
            figures.put(
                    new ModelRef(
                            card.path("name").asText(), card.path("version").asText()),
                    figures(card.path("figures")));
        } catch (IOException e) {
            LOG.warn("the card {} cannot be read: {}", file, ForeignText.line(e.getMessage()));
        }
    }

    private static Map<String, String> figures(JsonNode all) {
        var shown = new LinkedHashMap<String, String>();
        var rows = new LinkedHashMap<String, Double>();
        var right = new LinkedHashMap<String, Double>();
        for (JsonNode figure : all) {
            double count = figure.path("rows").asDouble();
            if (figure.has("head")) {
                String head = figure.path("head").asText();
                rows.merge(head, count, Double::sum);
                right.merge(head, count * figure.path("accuracy").asDouble(), Double::sum);
            } else if (figure.has("measure") && shown.size() < MAX_FIGURES) {
                shown.put(
                        figure.path("measure").asText() + ", "
                                + figure.path("data").asText(),
                        number(figure.path("value").asDouble()));
            }
        }
        rows.forEach((head, count) -> {
            if (count > 0) {
                shown.put("accuracy, " + head, number(right.get(head) / count));
            }
        });
        return shown;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    Map<String, String> of(ModelRef model) {
        return figures.getOrDefault(model, Map.of());
    }
}

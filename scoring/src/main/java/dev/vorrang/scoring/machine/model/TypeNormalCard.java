package dev.vorrang.scoring.machine.model;

import dev.vorrang.scoring.model.CardCheck;
import dev.vorrang.scoring.model.ModelCard;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the normal of a type of machines says of itself. It has no graph.
 *
 * @param name name of the type, letters, digits, dot, underscore and hyphen
 * @param version version of the normal, the same characters
 * @param task {@link #TYPE_NORMAL}
 * @param description a sentence for people
 * @param sensors sensors that are known
 * @param machines machines that it was learned from
 * @param training where it comes from
 * @param figures what was measured
 * @param files SHA-256 (64 hex digits) of each file, by path in the folder
 */
public record TypeNormalCard(
        String name,
        String version,
        String task,
        String description,
        List<String> sensors,
        List<String> machines,
        ModelCard.Training training,
        List<MachineCard.Figure> figures,
        Map<String, String> files)
        implements ModelCard {

    /** What machines of a type have in common. */
    public static final String TYPE_NORMAL = "machine-type-normal";

    public TypeNormalCard {
        CardCheck.identifier("name", name);
        CardCheck.identifier("version", version);
        CardCheck.that(TYPE_NORMAL.equals(task), "task", task, TYPE_NORMAL);
        description = description == null ? "" : description;
        sensors = List.copyOf(CardCheck.present("sensors", sensors));
        machines = List.copyOf(CardCheck.present("machines", machines));
        CardCheck.present("training", training);
        figures = figures == null ? List.of() : List.copyOf(figures);
        files = new TreeMap<>(CardCheck.present("files", files));
    }

    @Override
    public Signature signature() {
        return new Signature(List.of(), List.of());
    }
}

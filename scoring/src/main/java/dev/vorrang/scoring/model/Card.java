package dev.vorrang.scoring.model;

import java.util.Map;

/** What the cards of all models say, whatever the stream. */
public sealed interface Card permits ModelCard, MachineCard {

    String name();

    String version();

    /** What the model does. */
    String task();

    /** What its graph takes and gives. */
    ModelCard.Signature signature();

    /** SHA-256 (64 hex digits) of the graph and of each variables file, by path in the model's folder. */
    Map<String, String> files();
}

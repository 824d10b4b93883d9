package dev.vorrang.scoring.model;

import java.util.Map;

/** What the cards of all models say, whatever the stream. */
public sealed interface Card permits ModelCard, MachineCard, DemandCard {

    String name();

    String version();

    /** What the model does. */
    String task();

    /** What its graph takes and gives. */
    ModelCard.Signature signature();

    /** SHA-256 (64 hex digits) of each file that the model consists of, by path in its folder. */
    Map<String, String> files();
}

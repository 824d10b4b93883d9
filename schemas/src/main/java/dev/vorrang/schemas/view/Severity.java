package dev.vorrang.schemas.view;

/** How soon people should look, least first. */
public enum Severity {
    LOW,
    NORMAL,
    HIGH,
    URGENT
}

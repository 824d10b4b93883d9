package dev.vorrang.console.access;

/**
 * Somebody who was recognised.
 *
 * @param name unique
 * @param role what the user may do
 */
public record User(String name, Role role) {}

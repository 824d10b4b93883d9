package dev.vorrang.scoring.machine;

import java.util.List;

/**
 * A type of machines.
 *
 * @param machines names of its machines, or patterns of them, one or more
 * @param profile what holds for them; the type's name is that of the profile
 */
public record MachineType(List<NamePattern> machines, MachineProfile profile) {

    public MachineType {
        machines = List.copyOf(machines);
        if (machines.isEmpty()) {
            throw new IllegalArgumentException("type '" + profile.type() + "': name one machine or pattern, or more");
        }
    }

    boolean has(String machine) {
        return machines.stream().anyMatch(pattern -> pattern.matches(machine));
    }
}

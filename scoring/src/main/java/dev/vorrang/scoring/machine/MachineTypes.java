package dev.vorrang.scoring.machine;

import java.util.List;

/**
 * The types of a plant's machines. The first whose patterns match a machine's name is its type. Immutable.
 *
 * @param general holds for machines of no type
 * @param types in the order in which they are asked
 */
public record MachineTypes(MachineProfile general, List<MachineType> types) {

    public MachineTypes {
        types = List.copyOf(types);
    }

    /** Of a plant without types. */
    public static MachineTypes none(MachineSettings settings) {
        return new MachineTypes(MachineProfile.of(settings), List.of());
    }

    /** What holds for a machine. */
    public MachineProfile of(String machine) {
        return types.stream()
                .filter(type -> type.has(machine))
                .findFirst()
                .map(MachineType::profile)
                .orElse(general);
    }
}

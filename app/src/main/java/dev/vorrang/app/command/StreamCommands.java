package dev.vorrang.app.command;

import dev.vorrang.app.command.options.CommandGroup;
import dev.vorrang.app.kit.StreamCommand;
import dev.vorrang.app.kit.StreamCommand.Group;
import dev.vorrang.app.kit.StreamKit;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** The commands that the streams bring, and those that the tools have for each stream. */
public final class StreamCommands {

    private final List<? extends StreamKit<?, ?>> kits;

    public StreamCommands(List<? extends StreamKit<?, ?>> kits) {
        this.kits = kits;
    }

    /** Adds those that stand by themselves. */
    public void addAlone(CommandLine root) {
        commands(Optional.empty()).forEach(root::addSubcommand);
    }

    /** Adds a group for each thing that can be done with streams, {@code vorrang <group> <stream>}. */
    public void addGroups(CommandLine root) {
        for (Group group : Group.values()) {
            CommandLine line = CommandGroup.of(
                    group.word(),
                    group.description(),
                    commands(Optional.of(group)).toArray());
            root.addSubcommand(line);
            if (group == Group.BENCH) {
                kits.forEach(kit -> line.addSubcommand(BenchStreamCommand.of(kit)));
            }
        }
    }

    private List<Object> commands(Optional<Group> group) {
        return kits.stream()
                .flatMap(kit -> kit.commands(RunCommand::load).stream())
                .filter(each -> each.group().equals(group))
                .map(StreamCommand::command)
                .toList();
    }
}

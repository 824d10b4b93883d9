package dev.vorrang.app.command;

import dev.vorrang.app.command.options.CommandGroup;
import picocli.CommandLine;

/** The commands about actions. */
public final class ActionCommands {

    private ActionCommands() {}

    /** Adds the group {@code vorrang actions}. */
    public static void addTo(CommandLine root) {
        root.addSubcommand(CommandGroup.of("actions", "Tries actions on scored records.", new TestActionsCommand()));
    }
}

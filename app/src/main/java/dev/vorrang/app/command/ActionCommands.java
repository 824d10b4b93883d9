package dev.vorrang.app.command;

import picocli.CommandLine;

/** The commands about actions. */
public final class ActionCommands {

    private ActionCommands() {}

    /** Adds the group {@code vorrang actions}. */
    public static void addTo(CommandLine root) {
        var group = new CommandLine(new CommandGroup());
        group.getCommandSpec().usageMessage().description("Tries actions on scored records.");
        root.addSubcommand("actions", group);
        group.addSubcommand(new TestActionsCommand());
    }
}

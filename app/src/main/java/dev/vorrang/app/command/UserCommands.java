package dev.vorrang.app.command;

import dev.vorrang.app.command.options.CommandGroup;
import dev.vorrang.app.command.options.SettingsOption;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.console.access.Role;
import dev.vorrang.console.access.UserFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands about the console's users: {@code vorrang user add}, {@code list}, {@code passwd}, {@code role}, {@code remove}. */
public final class UserCommands {

    private UserCommands() {}

    /** Adds the group {@code vorrang user}. */
    public static void addTo(CommandLine root) {
        root.addSubcommand(CommandGroup.of(
                "user",
                "Changes the users of the console.",
                new Add(),
                new ListUsers(),
                new Password(),
                new ChangeRole(),
                new Remove()));
    }

    /** Something that is done to the file. */
    @FunctionalInterface
    private interface Work {
        void on(UserFile file) throws IOException;
    }

    /** Which file of users. */
    static final class FileOption {

        @Mixin
        private SettingsOption config = new SettingsOption(RunCommand::load);

        private void change(Work work) {
            Path path = config.load().console().web().access().users().orElseThrow();
            try {
                work.on(new UserFile(path));
            } catch (IllegalArgumentException | IOException e) {
                throw new CommandFailedException(e.getMessage(), e);
            }
        }
    }

    /** Where a password comes from. */
    static final class PasswordOption {

        @Option(
                names = "--password-file",
                paramLabel = "FILE",
                description = "File whose first line is the password. Without it, the password is asked for.")
        private Path file;

        private String read() {
            try {
                return file == null
                        ? ask()
                        : Files.readAllLines(file).stream().findFirst().orElse("");
            } catch (IOException e) {
                throw new CommandFailedException(
                        "--password-file " + file + " cannot be read: allowed is a text file in UTF-8", e);
            }
        }

        private static String ask() {
            var console = System.console();
            if (console == null) {
                throw CommandFailedException.wrongUsage(
                        "there is no terminal to ask for the password; allowed is --password-file");
            }
            char[] first = console.readPassword("Password: ");
            char[] second = console.readPassword("The same again: ");
            if (first == null || second == null || !Arrays.equals(first, second)) {
                throw new CommandFailedException("these are two different passwords; nothing was changed");
            }
            return new String(first);
        }
    }

    @Command(name = "add", description = "Adds a user.")
    static final class Add implements Runnable {

        @Parameters(paramLabel = "NAME", description = "Name of the user.")
        private String name;

        @Option(
                names = "--role",
                required = true,
                description =
                        "What the user may do: ${COMPLETION-CANDIDATES}. A viewer reads, an agent works on records,"
                                + " an admin also replays dead letters and manages tokens.")
        private Role role;

        @Mixin
        private PasswordOption password;

        @Mixin
        private FileOption file;

        @Spec
        private CommandSpec spec;

        @Override
        public void run() {
            file.change(users -> users.add(name, role, password.read()));
            spec.commandLine().getOut().println("user " + name + " added as " + role.word());
        }
    }

    @Command(name = "list", description = "Lists the users with their roles.")
    static final class ListUsers implements Runnable {

        @Mixin
        private FileOption file;

        @Spec
        private CommandSpec spec;

        @Override
        public void run() {
            var out = spec.commandLine().getOut();
            file.change(users -> users.read()
                    .values()
                    .forEach(each -> out.printf("%-7s %s%n", each.role().word(), each.name())));
        }
    }

    @Command(name = "passwd", description = "Gives a user another password, and ends the user's sessions.")
    static final class Password implements Runnable {

        @Parameters(paramLabel = "NAME", description = "Name of the user.")
        private String name;

        @Mixin
        private PasswordOption password;

        @Mixin
        private FileOption file;

        @Spec
        private CommandSpec spec;

        @Override
        public void run() {
            file.change(users -> users.update(name, Optional.empty(), Optional.of(password.read())));
            spec.commandLine().getOut().println("user " + name + " has another password");
        }
    }

    @Command(name = "role", description = "Gives a user another role, and ends the user's sessions.")
    static final class ChangeRole implements Runnable {

        @Parameters(paramLabel = "NAME", description = "Name of the user.")
        private String name;

        @Parameters(paramLabel = "ROLE", description = "One of ${COMPLETION-CANDIDATES}.")
        private Role role;

        @Mixin
        private FileOption file;

        @Spec
        private CommandSpec spec;

        @Override
        public void run() {
            file.change(users -> users.update(name, Optional.of(role), Optional.empty()));
            spec.commandLine().getOut().println("user " + name + " is " + role.word());
        }
    }

    @Command(name = "remove", description = "Removes a user, and ends the user's sessions and API tokens.")
    static final class Remove implements Runnable {

        @Parameters(paramLabel = "NAME", description = "Name of the user.")
        private String name;

        @Mixin
        private FileOption file;

        @Spec
        private CommandSpec spec;

        @Override
        public void run() {
            file.change(users -> users.remove(name));
            spec.commandLine().getOut().println("user " + name + " removed");
        }
    }
}

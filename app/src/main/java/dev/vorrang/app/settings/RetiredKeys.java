package dev.vorrang.app.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Keys of earlier versions. They are refused with their new names, in the file and as variables. */
final class RetiredKeys {

    private static final String MAIL = "streams.mail.";
    private static final String MACHINE = "streams.machine.";

    private static final List<Retired> ALL = all();

    /**
     * @param path of a key or a section, without places
     * @param now its new paths
     */
    private record Retired(String path, List<String> now) {

        boolean covers(String name) {
            return name.equals(path) || name.startsWith(path + ".");
        }

        boolean isSetBy(String variable) {
            return variable.equals(Key.variable(path)) || variable.startsWith(Key.variable(path) + "_");
        }

        String now(String name) {
            var rest = name.substring(path.length());
            return now.stream().map(each -> each + rest).collect(Collectors.joining(" and "));
        }
    }

    private RetiredKeys() {}

    /** The paths that are refused. */
    static List<String> paths() {
        return ALL.stream().map(Retired::path).toList();
    }

    /** What a key is called now; empty if it is none of an earlier version. */
    static Optional<String> now(String name) {
        var plain = name.replaceAll("\\[\\d*]", "");
        return ALL.stream().filter(retired -> retired.covers(plain)).findFirst().map(retired -> retired.now(plain));
    }

    /** What a variable is called now; empty if it sets no key of an earlier version. */
    static Optional<String> nowVariable(String variable) {
        return ALL.stream()
                .filter(retired -> retired.isSetBy(variable))
                .findFirst()
                .map(retired -> {
                    var rest = variable.substring(Key.variable(retired.path()).length());
                    return retired.now().stream()
                            .map(each -> Key.variable(each) + rest)
                            .collect(Collectors.joining(" and "));
                });
    }

    private static List<Retired> all() {
        var all = new ArrayList<Retired>();
        for (var name : List.of(
                "guarantee",
                "threads",
                "commit-interval",
                "transaction-timeout",
                "slow-after",
                "hung-after",
                "model-threads",
                "devices",
                "gpu-memory",
                "allowed-operations",
                "state")) {
            all.add(new Retired("scoring." + name, List.of(MAIL + name, MACHINE + name)));
        }
        for (var name : List.of("mode", "streams")) {
            all.add(new Retired("scoring." + name, List.of(MAIL + "enabled", MACHINE + "enabled")));
        }
        for (var name : List.of(
                "application-id",
                "batch-size",
                "linger",
                "failure-limit",
                "thread-window",
                "calls-at-once",
                "explain")) {
            all.add(new Retired("scoring." + name, List.of(MAIL + name)));
        }
        for (var name : List.of(
                "application-id",
                "models",
                "period",
                "stuck-after",
                "alerts",
                "batch-size",
                "linger",
                "failure-limit",
                "store")) {
            all.add(new Retired("machine." + name, List.of(MACHINE + name)));
        }
        all.add(new Retired("scoring.model", List.of(MAIL + "models[0].folder")));
        all.add(new Retired("scoring.model-card-sha256", List.of(MAIL + "models[0].card-sha256")));
        all.add(new Retired("machine.longest-gap", List.of(MACHINE + "max-gap")));
        all.add(new Retired("machine.most-sensors", List.of(MACHINE + "max-sensors")));
        all.add(new Retired("machine.machines-at-hand", List.of(MACHINE + "cached-machines")));
        all.add(new Retired("priority", List.of(MAIL + "priority")));
        all.add(new Retired("priority.most-repeats", List.of(MAIL + "priority.max-repeats")));
        all.add(new Retired("routes", List.of(MAIL + "routes")));
        all.add(new Retired("fallback-queue", List.of(MAIL + "fallback-queue")));
        all.add(new Retired("ingest.mailboxes.sweep", List.of("ingest.mailboxes[].poll-interval")));
        // The longest first, which is the one that is meant.
        all.sort(Comparator.comparingInt((Retired retired) -> retired.path().length())
                .reversed());
        return List.copyOf(all);
    }
}

package dev.vorrang.connectors.settings;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;

/**
 * What is wrong with settings that each for itself may be right, by the setting that is to be changed. An empty setting counts as
 * none. For one thread.
 */
public final class SettingProblems {

    private final Map<String, String> properties;
    private final Map<String, String> problems = new LinkedHashMap<>();

    /** @param properties as Connect gives them */
    public SettingProblems(Map<String, String> properties) {
        this.properties = properties;
    }

    /** Whether a setting is given. */
    public boolean has(String name) {
        return !get(name).isEmpty();
    }

    /** A setting without white space around it; empty if it is not given. */
    public String get(String name) {
        String value = properties.get(name);
        return value == null ? "" : value.strip();
    }

    /** A setting is wrong. */
    public void add(String name, String problem) {
        problems.put(name, problem);
    }

    /** Of two settings at most one may be given. */
    public void notBoth(String one, String other) {
        if (has(one) && has(other)) {
            add(other, "both " + one + " and " + other + " are set: allowed is one");
        }
    }

    /** A setting, if it is given, must name a file that can be read. */
    public void file(String name) {
        if (has(name) && !isReadableFile(get(name))) {
            add(name, name + " is '" + get(name) + "': no file that can be read");
        }
    }

    /** A setting of an earlier version has another name now. Connect would ignore it. */
    public void renamed(String before, String now) {
        if (has(before)) {
            add(now, before + " is now called " + now);
        }
    }

    private static boolean isReadableFile(String path) {
        try {
            return Files.isReadable(Path.of(path)) && !Files.isDirectory(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** @throws ConfigException with every problem, if there is one */
    public void check() {
        if (!problems.isEmpty()) {
            throw new ConfigException(String.join("; ", problems.values()));
        }
    }

    /** Adds every problem to what Connect found out about each setting for itself. Some settings are Connect's own. */
    public Config addTo(Config validated) {
        var values = new LinkedHashMap<String, ConfigValue>();
        validated.configValues().forEach(value -> values.put(value.name(), value));
        problems.forEach((name, problem) -> values.computeIfAbsent(
                        name, other -> new ConfigValue(other, properties.get(other), List.of(), new ArrayList<>()))
                .addErrorMessage(problem));
        return new Config(List.copyOf(values.values()));
    }
}

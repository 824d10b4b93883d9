package dev.vorrang.connectors.mqtt;

import dev.vorrang.connectors.reading.FieldSettings;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is wrong with settings that each for itself may be right. */
final class MqttProblems {

    private static final List<String> FILES = List.of(
            MqttSettings.PASSWORD_FILE,
            MqttSettings.TLS_CA_FILE,
            MqttSettings.TLS_TRUSTSTORE_FILE,
            MqttSettings.TLS_CERTIFICATE_FILE,
            MqttSettings.TLS_KEY_FILE,
            MqttSettings.TLS_KEYSTORE_FILE);

    private final Map<String, String> properties;
    private final Map<String, String> problems = new LinkedHashMap<>();

    private MqttProblems(Map<String, String> properties) {
        this.properties = properties;
    }

    /** @return setting to what is wrong with it, in words */
    static Map<String, String> of(Map<String, String> properties) {
        var check = new MqttProblems(properties);
        check.credentials();
        check.certificates();
        check.names();
        FILES.stream().filter(check::has).forEach(check::file);
        return check.problems;
    }

    private void credentials() {
        if (has(MqttSettings.PASSWORD) && has(MqttSettings.PASSWORD_FILE)) {
            both(MqttSettings.PASSWORD_FILE, MqttSettings.PASSWORD);
        }
        boolean hasPassword = has(MqttSettings.PASSWORD) || has(MqttSettings.PASSWORD_FILE);
        if (has(MqttSettings.USER) != hasPassword) {
            problems.put(
                    MqttSettings.USER,
                    hasPassword
                            ? MqttSettings.USER + " is missing: a password is set"
                            : "no password is set for " + MqttSettings.USER + ": allowed is one of "
                                    + MqttSettings.PASSWORD + ", " + MqttSettings.PASSWORD_FILE);
        }
    }

    private void certificates() {
        if (has(MqttSettings.TLS_CA_FILE) && has(MqttSettings.TLS_TRUSTSTORE_FILE)) {
            both(MqttSettings.TLS_TRUSTSTORE_FILE, MqttSettings.TLS_CA_FILE);
        }
        if (has(MqttSettings.TLS_CERTIFICATE_FILE) && has(MqttSettings.TLS_KEYSTORE_FILE)) {
            both(MqttSettings.TLS_KEYSTORE_FILE, MqttSettings.TLS_CERTIFICATE_FILE);
        }
        if (has(MqttSettings.TLS_CERTIFICATE_FILE) != has(MqttSettings.TLS_KEY_FILE)) {
            problems.put(
                    MqttSettings.TLS_KEY_FILE,
                    "one of " + MqttSettings.TLS_CERTIFICATE_FILE + " and " + MqttSettings.TLS_KEY_FILE
                            + " is set: allowed are both or none");
        }
    }

    private void both(String one, String other) {
        problems.put(one, "both " + other + " and " + one + " are set: allowed is one");
    }

    /** Somebody must tell the machine, and with single values the sensor. */
    private void names() {
        String template = get(PayloadSettings.TEMPLATE);
        String format = get(PayloadSettings.FORMAT);
        if (format.equals(PayloadSettings.SPARKPLUG)) {
            if (has(MqttSettings.SHARE_GROUP)) {
                problems.put(
                        MqttSettings.SHARE_GROUP,
                        MqttSettings.SHARE_GROUP + " is set: not allowed with " + PayloadSettings.FORMAT
                                + " sparkplug, whose messages must come to one task in their order");
            }
            return;
        }
        if (format.equals("value") && !template.contains("{sensor}")) {
            problems.put(
                    PayloadSettings.TEMPLATE,
                    PayloadSettings.TEMPLATE + " is '" + template
                            + "': with single values it must tell {machine} and {sensor}");
        }
        String machine = format.equals("csv") ? FieldSettings.CSV_MACHINE : FieldSettings.JSON_MACHINE;
        if (!template.contains("{machine}") && (format.equals("value") || !has(machine))) {
            problems.put(
                    PayloadSettings.TEMPLATE,
                    PayloadSettings.TEMPLATE + " is '" + template
                            + "': nothing tells the machine, allowed are {machine}" + " in it"
                            + (format.equals("value") ? "" : " or " + machine));
        }
    }

    private void file(String name) {
        try {
            Path file = Path.of(get(name));
            if (Files.isReadable(file) && !Files.isDirectory(file)) {
                return;
            }
        } catch (InvalidPathException e) {
            // No file either.
        }
        problems.put(name, name + " is '" + get(name) + "': no file that can be read");
    }

    /** An empty setting is as good as none. */
    private boolean has(String name) {
        return !get(name).isEmpty();
    }

    private String get(String name) {
        String value = properties.get(name);
        return value == null ? "" : value.strip();
    }
}

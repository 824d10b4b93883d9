package dev.vorrang.connectors.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import dev.vorrang.ingest.connection.Password;
import java.nio.file.Path;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * The settings of a user and its password, which stands in a setting or in a file.
 *
 * @param prefix of the settings' names, such as {@code mqtt}
 */
public record LoginSettings(String prefix) {

    private static final String NONE = "";

    public String user() {
        return prefix + ".user";
    }

    public String password() {
        return prefix + ".password";
    }

    public String passwordFile() {
        return prefix + ".password.file";
    }

    /** Adds the settings where there must be a user. */
    public void define(ConfigDef definition, String userDoc, String passwordDoc) {
        definition.define(user(), Type.STRING, ConfigDef.NO_DEFAULT_VALUE, Allowed.text(), HIGH, userDoc);
        definePassword(definition, passwordDoc);
    }

    /** Adds the settings where there may be a user. */
    public void defineOptional(ConfigDef definition, String userDoc, String passwordDoc) {
        definition.define(user(), Type.STRING, NONE, HIGH, userDoc);
        definePassword(definition, passwordDoc);
    }

    private void definePassword(ConfigDef definition, String doc) {
        definition
                .define(password(), Type.PASSWORD, NONE, HIGH, doc)
                .define(
                        passwordFile(),
                        Type.STRING,
                        NONE,
                        MEDIUM,
                        "File whose first line is the password. It is read for each login.");
    }

    /** Looks for a password file that is not there, and for two passwords. */
    public void check(SettingProblems problems) {
        problems.notBoth(password(), passwordFile());
        problems.file(passwordFile());
    }

    /** Whether a password is set in either way. */
    public boolean hasPassword(SettingProblems problems) {
        return problems.has(password()) || problems.has(passwordFile());
    }

    /** The password; an empty one if none is set. */
    public Password password(AbstractConfig config) {
        var file = config.getString(passwordFile());
        return file.isEmpty() ? Password.of(config.getPassword(password()).value()) : Password.file(Path.of(file));
    }
}

package dev.vorrang.app.docs;

import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;

/** The reference page of a connector, from the definition of its settings. */
final class ConnectorReference {

    private ConnectorReference() {}

    static String markdown(String title, String introduction, ConfigDef definition) {
        return definition.configKeys().values().stream()
                .filter(key -> !key.internalConfig)
                .map(ConnectorReference::row)
                .collect(Collectors.joining(
                        "",
                        "# " + title + "\n\n" + introduction
                                + "\n| setting | default | allowed | importance | what it does |\n| --- | --- | --- | --- | --- |\n",
                        ""));
    }

    private static String row(ConfigDef.ConfigKey key) {
        String type = key.type().name().toLowerCase(java.util.Locale.ROOT);
        return "| `%s` | %s | %s | %s | %s |\n"
                .formatted(
                        key.name,
                        key.hasDefault() ? shown(key) : "needed",
                        key.validator == null ? type : cell(type + ": " + key.validator),
                        key.importance.name().toLowerCase(java.util.Locale.ROOT),
                        cell(key.documentation));
    }

    private static String shown(ConfigDef.ConfigKey key) {
        String text = String.valueOf(key.defaultValue);
        return text.isEmpty() || key.type() == ConfigDef.Type.PASSWORD ? "" : "`" + text + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("->", "`->`").replace("**", "`**`");
    }
}

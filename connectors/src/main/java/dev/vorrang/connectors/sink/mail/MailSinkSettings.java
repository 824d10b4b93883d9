package dev.vorrang.connectors.sink.mail;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.vorrang.connectors.settings.Allowed;
import dev.vorrang.connectors.settings.CredentialSettings;
import dev.vorrang.connectors.settings.LoginSettings;
import dev.vorrang.connectors.settings.TlsSettings;
import dev.vorrang.connectors.sink.DeliverySettings;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Names of the mail sink's settings, what they mean and what is allowed. */
public final class MailSinkSettings {

    public static final TlsSettings TLS = new TlsSettings("smtp");
    public static final LoginSettings LOGIN = new LoginSettings("smtp");
    public static final CredentialSettings CREDENTIALS = new CredentialSettings("smtp");
    public static final String HOST = "smtp.host";
    public static final String PORT = "smtp.port";
    public static final String SECURITY = "smtp.security";
    public static final String TIMEOUT_MS = "smtp.timeout.ms";
    public static final String ATTEMPT_TIMEOUT_MS = "smtp.attempt.timeout.ms";
    public static final String FROM = "mail.from";
    public static final String TO = "mail.to";
    public static final String CC = "mail.cc";
    public static final String SUBJECT = "mail.subject";
    public static final String TEXT = "mail.text";
    public static final String HTML = "mail.html";
    public static final String DIGEST_MS = "digest.ms";

    private static final String NONE = "";
    private static final String USUAL_SUBJECT = "[{{severity}}]{{#digest}} {{total}} messages:{{/digest}} {{short}}"
            + "{{#group}} ({{count}} records){{/group}}{{#escalated}} - escalation {{step}}{{/escalated}}";

    /** The settings, each with its doc and default. */
    public static final ConfigDef DEFINITION = definition();

    private MailSinkSettings() {}

    private static ConfigDef definition() {
        var definition = new ConfigDef();
        definition
                .define(
                        HOST,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        Allowed.text(),
                        HIGH,
                        "Host name of the SMTP server.")
                .define(
                        PORT,
                        Type.INT,
                        0,
                        between(0, 65_535),
                        MEDIUM,
                        "Port; 0 for 465 with tls, 587 with starttls, 25 with none.")
                .define(
                        SECURITY,
                        Type.STRING,
                        "tls",
                        ConfigDef.CaseInsensitiveValidString.in("tls", "starttls", "none"),
                        HIGH,
                        "tls: TLS from the first byte. starttls: TLS before the login; without it, nothing is sent. none:"
                                + " password and mails are sent in clear text.");
        TLS.defineTrust(definition);
        LOGIN.defineOptional(
                definition,
                "Login name; empty for none.",
                "Password. With a user one of this, the file or OAuth 2 is required.");
        CREDENTIALS.defineOAuth2(definition);
        definition
                .define(
                        TIMEOUT_MS,
                        Type.LONG,
                        30_000L,
                        between(100L, 120_000L),
                        LOW,
                        "Timeout for a connection and for the next bytes of a response, in ms.")
                .define(
                        ATTEMPT_TIMEOUT_MS,
                        Type.LONG,
                        120_000L,
                        between(100L, 3_600_000L),
                        LOW,
                        "Timeout for a whole attempt, in ms; the connection is closed when it expires. Must be below the"
                                + " max.poll.interval.ms of the consumer, by default 5 min.");
        defineMail(definition);
        DeliverySettings.define(definition, 60);
        return definition;
    }

    private static void defineMail(ConfigDef definition) {
        definition
                .define(
                        FROM,
                        Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        Allowed.parsed(MailAddresses::one, "an address, such as vorrang@example.com"),
                        HIGH,
                        "Address of the sender.")
                .define(
                        TO,
                        Type.LIST,
                        ConfigDef.NO_DEFAULT_VALUE,
                        Allowed.list(MailAddresses::isOne, "addresses, separated by commas"),
                        HIGH,
                        "Addresses of the recipients. No mail is sent to the mailbox that a scored mail came from.")
                .define(CC, Type.LIST, NONE, MEDIUM, "Addresses of further recipients.")
                .define(SUBJECT, Type.STRING, USUAL_SUBJECT, MEDIUM, "Mustache template of the subject.")
                .define(
                        TEXT,
                        Type.STRING,
                        NONE,
                        MEDIUM,
                        "Mustache template of the plain text; empty for the usual one. In a digest the content of"
                                + " {{#actions}} is repeated for each action.")
                .define(
                        HTML,
                        Type.STRING,
                        NONE,
                        MEDIUM,
                        "Mustache template of the HTML text, in which values are escaped; empty for the usual one, none for no"
                                + " HTML.")
                .define(
                        DIGEST_MS,
                        Type.LONG,
                        0L,
                        between(0L, 86_400_000L),
                        MEDIUM,
                        "Length of the time of which all actions go into one mail, in ms; 0 for a mail for each action.");
    }
}

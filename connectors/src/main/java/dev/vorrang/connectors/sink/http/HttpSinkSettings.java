package dev.vorrang.connectors.sink.http;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.vorrang.connectors.settings.LoginSettings;
import dev.vorrang.connectors.settings.TlsSettings;
import dev.vorrang.connectors.sink.DeliverySettings;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Names of the HTTP sink's settings, what they mean and what is allowed. */
public final class HttpSinkSettings {

    public static final TlsSettings TLS = new TlsSettings("http");
    public static final LoginSettings LOGIN = new LoginSettings("http");
    public static final String URL = "http.url";
    public static final String SECURITY = "http.security";
    public static final String METHOD = "http.method";
    public static final String FORMAT = "http.format";
    public static final String BODY = "http.body";
    public static final String CONTENT_TYPE = "http.content.type";
    public static final String VARIABLES = "http.variables";
    public static final String HEADERS = "http.headers";
    public static final String AUTH_SCHEME = "http.auth.scheme";
    public static final String SIGNING_SECRET = "http.signing.secret";
    public static final String PROXY = "http.proxy";
    public static final String TIMEOUT_MS = "http.timeout.ms";
    public static final String MAX_RESPONSE_BYTES = "http.max.response.bytes";

    /** The settings, each with its doc and default. */
    public static final ConfigDef DEFINITION = definition();

    private static final String NONE = "";

    private HttpSinkSettings() {}

    private static ConfigDef definition() {
        var definition = new ConfigDef();
        defineRequest(definition);
        defineBody(definition);
        LOGIN.defineOptional(
                definition,
                "User of basic authentication; empty for a token.",
                "Password of the user, or, without a user, the token.");
        definition.define(
                AUTH_SCHEME,
                Type.STRING,
                NONE,
                MEDIUM,
                "Scheme before the token in the header Authorization. Empty for the scheme of the format: GenieKey for"
                        + " opsgenie, 'Token token=' for zammad, else Bearer. With pagerduty the token is the routing key"
                        + " in the body.");
        TLS.defineTrust(definition);
        TLS.defineKeys(definition);
        DeliverySettings.define(definition, 600);
        return definition;
    }

    private static void defineRequest(ConfigDef definition) {
        definition
                .define(
                        URL,
                        Type.PASSWORD,
                        NONE,
                        HIGH,
                        "Address, https. Webhook addresses are secrets: logs show the host only. Empty for the vendor's with"
                                + " pagerduty and opsgenie.")
                .define(
                        SECURITY,
                        Type.STRING,
                        "tls",
                        ConfigDef.CaseInsensitiveValidString.in("tls", "none"),
                        HIGH,
                        "tls: the address must be https. none: http is allowed; secrets are sent in clear text.")
                .define(METHOD, Type.STRING, "POST", ConfigDef.ValidString.in("POST", "PUT", "PATCH"), LOW, "Method.")
                .define(
                        PROXY,
                        Type.STRING,
                        NONE,
                        LOW,
                        "Proxy as host:port, without a login. Empty for that of the Java system properties (https.proxyHost, …).")
                .define(
                        TIMEOUT_MS,
                        Type.LONG,
                        30_000L,
                        between(10L, 120_000L),
                        LOW,
                        "Timeout for a connection, and for the whole of a response, in ms.")
                .define(
                        MAX_RESPONSE_BYTES,
                        Type.INT,
                        65_536,
                        between(0, 16 << 20),
                        LOW,
                        "Bytes of a response that are read; the rest is left.")
                .define(
                        SIGNING_SECRET,
                        Type.PASSWORD,
                        NONE,
                        MEDIUM,
                        "Secret for HMAC-SHA256 signatures as in Standard Webhooks (headers webhook-id, webhook-timestamp and"
                                + " webhook-signature). One with the prefix whsec_ is Base64, another one is taken as it is.");
    }

    private static void defineBody(ConfigDef definition) {
        definition
                .define(
                        FORMAT,
                        Type.STRING,
                        HttpFormat.GENERIC_JSON.settingName(),
                        ConfigDef.ValidString.in(HttpFormat.names()),
                        HIGH,
                        "Body that is ready to use.")
                .define(
                        BODY,
                        Type.STRING,
                        NONE,
                        MEDIUM,
                        "Mustache template of the body, instead of the format's. Values are escaped for the content type.")
                .define(
                        CONTENT_TYPE,
                        Type.STRING,
                        "application/json",
                        ConfigDef.ValidString.in(
                                "application/json", "text/html", "text/plain", "application/x-www-form-urlencoded"),
                        MEDIUM,
                        "Type of the body; its charset is UTF-8. A JSON body is checked before it is sent.")
                .define(
                        VARIABLES,
                        Type.LIST,
                        NONE,
                        MEDIUM,
                        "Values for templates as name=value, separated by commas; {{variables.name}} in a template. zammad needs"
                                + " group and customer (an e-mail address), jira project (its key) and issuetype (its name).")
                .define(
                        HEADERS,
                        Type.STRING,
                        NONE,
                        LOW,
                        "Further headers, one a line, as Name: value; values are templates.");
    }
}

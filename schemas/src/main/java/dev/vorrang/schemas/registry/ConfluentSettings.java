package dev.vorrang.schemas.registry;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.types.Password;

/**
 * Settings of a registry client, parsed once from Confluent's keys. Unknown keys are passed to the client.
 *
 * @param urls addresses without credentials, tried in order
 * @param client settings for the client; may contain secrets, so {@link #toString()} omits them
 */
record ConfluentSettings(
        List<String> urls,
        boolean autoRegister,
        boolean normalize,
        SubjectNameStrategy subjectNames,
        Map<String, Object> client) {

    static final String URL = "schema.registry.url";
    static final String AUTO_REGISTER = "auto.register.schemas";
    private static final String NORMALIZE = "normalize.schemas";
    private static final String USE_LATEST = "use.latest.version";
    private static final String SUBJECT_NAMES = "value.subject.name.strategy";
    private static final String CREDENTIALS_SOURCE = "basic.auth.credentials.source";
    private static final String USER_INFO = "basic.auth.user.info";
    private static final String CLIENT_PREFIX = "schema.registry.";

    /** The client's default of 60 seconds would block a stream thread for too long. */
    private static final Map<String, Object> DEFAULT_TIMEOUTS =
            Map.of("http.connect.timeout.ms", "10000", "http.read.timeout.ms", "10000");

    private static final Set<String> INTEGERS =
            Set.of("http.connect.timeout.ms", "http.read.timeout.ms", "proxy.port", "missing.cache.size");
    /** The client casts these to Long. */
    private static final Set<String> LONGS =
            Set.of("missing.id.cache.ttl.sec", "missing.version.cache.ttl.sec", "missing.schema.cache.ttl.sec");

    /** Allowed sources of credentials; the client silently ignores others. */
    private static final Map<String, Set<String>> SOURCES = Map.of(
            CREDENTIALS_SOURCE,
            Set.of("USER_INFO", "SASL_INHERIT", "URL"),
            "bearer.auth.credentials.source",
            Set.of("STATIC_TOKEN", "OAUTHBEARER", "SASL_OAUTHBEARER_INHERIT", "CUSTOM"));

    /** Confluent's strategies for names of subjects. */
    enum SubjectNameStrategy {
        TopicNameStrategy {
            @Override
            String subject(String topic, Schema schema) {
                return topic + "-value";
            }
        },
        RecordNameStrategy {
            @Override
            String subject(String topic, Schema schema) {
                return schema.getFullName();
            }
        },
        TopicRecordNameStrategy {
            @Override
            String subject(String topic, Schema schema) {
                return topic + "-" + schema.getFullName();
            }
        };

        abstract String subject(String topic, Schema schema);

        /** By simple name, or by class name as in Confluent's settings. */
        private static SubjectNameStrategy parse(String name) {
            String simple = name.substring(name.lastIndexOf('.') + 1);
            for (SubjectNameStrategy strategy : values()) {
                if (strategy.name().equals(simple)) {
                    return strategy;
                }
            }
            throw new IllegalArgumentException(SUBJECT_NAMES + " '" + name + "': allowed are " + List.of(values()));
        }
    }

    /** @throws IllegalArgumentException naming the key, its value and what is allowed */
    static ConfluentSettings parse(Map<String, ?> settings) {
        var client = new HashMap<String, Object>();
        settings.forEach((key, value) -> {
            if (value != null) {
                client.put(key, value instanceof Password password ? password.value() : value);
            }
        });
        DEFAULT_TIMEOUTS.forEach((key, value) -> {
            if (!client.containsKey(CLIENT_PREFIX + key)) {
                client.putIfAbsent(key, value);
            }
        });
        client.replaceAll(ConfluentSettings::number);
        client.forEach(ConfluentSettings::requireSource);
        if (bool(client, USE_LATEST, false)) {
            throw new IllegalArgumentException(USE_LATEST
                    + " 'true': allowed is false, as records are written with the schema of their own class");
        }
        List<String> urls = urls(client);
        return new ConfluentSettings(
                urls,
                bool(client, AUTO_REGISTER, true),
                bool(client, NORMALIZE, false),
                SubjectNameStrategy.parse(
                        client.getOrDefault(SUBJECT_NAMES, "TopicNameStrategy").toString()),
                client);
    }

    @Override
    public String toString() {
        return String.join(",", urls);
    }

    private static List<String> urls(Map<String, Object> client) {
        Object value = client.get(URL);
        String text = value instanceof List<?> list
                ? String.join(",", list.stream().map(String::valueOf).toList())
                : Optional.ofNullable(value).orElse("").toString();
        var urls = new ArrayList<String>();
        var credentials = new HashSet<String>();
        for (String url : text.split(",")) {
            if (!url.isBlank()) {
                urls.add(url(url.strip(), credentials));
            }
        }
        if (urls.isEmpty()) {
            throw new IllegalArgumentException(
                    URL + " '': expected one or more of http://host:port, separated by commas");
        }
        useUrlCredentials(client, credentials);
        client.put(URL, String.join(",", urls));
        return List.copyOf(urls);
    }

    private static String url(String text, Set<String> credentials) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            // The cause would contain the text and thereby a password.
            throw new IllegalArgumentException(URL + " is not a URL: expected http://host:port");
        }
        boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!"mock".equals(uri.getScheme()) && !(web && uri.getHost() != null)) {
            String shown = text.substring(text.indexOf('@') + 1);
            throw new IllegalArgumentException(
                    URL + " '" + shown + "': expected http://host:port, https://host:port or mock://name");
        }
        if (uri.getRawUserInfo() == null) {
            return text;
        }
        credentials.add(uri.getUserInfo());
        return text.replace(uri.getRawUserInfo() + "@", "");
    }

    /** The client logs URLs that it cannot reach, so credentials are moved out of them. */
    private static void useUrlCredentials(Map<String, Object> client, Set<String> credentials) {
        if (credentials.size() > 1) {
            throw new IllegalArgumentException(
                    URL + " has different credentials: the same are expected in each, or none and " + USER_INFO);
        }
        for (String userInfo : credentials) {
            client.remove(CLIENT_PREFIX + CREDENTIALS_SOURCE);
            client.remove(CLIENT_PREFIX + USER_INFO);
            client.put(CREDENTIALS_SOURCE, "USER_INFO");
            client.put(USER_INFO, userInfo);
        }
    }

    private static boolean bool(Map<String, Object> client, String key, boolean absent) {
        Object value = client.get(key);
        if (value == null) {
            return absent;
        }
        return switch (value.toString().strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(key + " '" + value + "': allowed are true and false");
        };
    }

    private static String unprefixed(String key) {
        return key.startsWith(CLIENT_PREFIX) ? key.substring(CLIENT_PREFIX.length()) : key;
    }

    private static void requireSource(String key, Object value) {
        Set<String> allowed = SOURCES.get(unprefixed(key));
        if (allowed != null && !value.equals("") && !allowed.contains(value)) {
            throw new IllegalArgumentException(key + " '" + value + "': allowed are " + new TreeSet<>(allowed));
        }
    }

    private static Object number(String key, Object value) {
        String name = unprefixed(key);
        boolean isLong = LONGS.contains(name);
        if (!isLong && !INTEGERS.contains(name)) {
            return value;
        }
        try {
            long number = Long.parseLong(value.toString().strip());
            if (number >= 0 && number <= Integer.MAX_VALUE) {
                return isLong ? (Object) number : (Object) (int) number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new IllegalArgumentException(key + " '" + value + "': allowed are 0 to " + Integer.MAX_VALUE);
    }
}

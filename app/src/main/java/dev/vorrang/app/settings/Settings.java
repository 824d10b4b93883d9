package dev.vorrang.app.settings;

import dev.vorrang.app.program.ErrorText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that {@code vorrang run} can be told. Immutable; no {@code toString()} shows a secret.
 *
 * @param data folder for all that the program keeps: records of the embedded broker, state, offsets
 * @param kafka the broker
 * @param registry the schema registry
 * @param ingest taking mails and readings in
 * @param mail how mails are scored
 * @param machine how machines are scored
 * @param topics names of topics and how they are created
 * @param metrics what is measured, and where it can be read
 * @param logging what is logged
 */
public record Settings(
        Path data,
        KafkaSettings kafka,
        RegistrySettings registry,
        IngestSettings ingest,
        MailStreamSettings mail,
        MachineStreamSettings machine,
        TopicSettings topics,
        MetricsSettings metrics,
        LoggingSettings logging) {

    private static final Logger LOG = LoggerFactory.getLogger(Settings.class);
    private static final int LARGEST = 1 << 20;

    private static final Section TOP = new Section("", "Data", "");

    private static final Key<Path> DATA = TOP.add(Key.of(
            "data",
            Kind.path(),
            "vorrang-data",
            "Data folder: records of the embedded broker, state of scoring, positions of sources."));

    /** The names of the streams that this program scores. */
    public Set<String> scored() {
        boolean external = ingest.mode() == Placement.EXTERNAL;
        boolean named = Stream.of(mail.stream(), machine.stream())
                .anyMatch(stream -> stream.enabled().orElse(false));
        var streams = new LinkedHashSet<String>();
        if (mail.stream()
                .enabled()
                .orElse(external ? !named : !ingest.mailboxes().isEmpty())) {
            streams.add(MailStreamSettings.NAME);
        }
        if (machine.stream().enabled().orElse(!external && !ingest.machines().isEmpty())) {
            streams.add(MachineStreamSettings.NAME);
        }
        return streams;
    }

    /** Every section, in the order of the reference. */
    static List<Section> sections() {
        return Stream.of(
                        List.of(
                                TOP,
                                KafkaSettings.KEYS,
                                RegistrySettings.KEYS,
                                IngestSettings.KEYS,
                                MailboxSettings.KEYS,
                                OAuth2Keys.KEYS,
                                MachineSourceSettings.KEYS),
                        MailStreamSettings.SECTIONS,
                        MachineStreamSettings.SECTIONS,
                        List.of(TopicSettings.KEYS, MetricsSettings.KEYS, LoggingSettings.KEYS))
                .flatMap(List::stream)
                .toList();
    }

    /** Every key, in the order of the reference. */
    static List<Key<?>> keys() {
        return sections().stream().flatMap(section -> section.keys().stream()).toList();
    }

    /**
     * Reads a file, and the environment over it.
     *
     * @param file YAML in UTF-8
     * @param environment variables by name; those that start with {@code VORRANG_} count
     * @throws SettingsException if the file cannot be read, or anything in it is not allowed; the message has all problems
     */
    public static Settings load(Path file, Map<String, String> environment) {
        return of(SettingsFile.parse(file.toString(), text(file)), environment, false);
    }

    /**
     * Reads a file, and the environment over it, for a program that scores: the models must be there, too.
     *
     * @throws SettingsException as {@link #load}
     */
    public static Settings loadWithModels(Path file, Map<String, String> environment) {
        return of(SettingsFile.parse(file.toString(), text(file)), environment, true);
    }

    /**
     * Reads the environment alone.
     *
     * @throws SettingsException as {@link #load}
     */
    public static Settings of(Map<String, String> environment) {
        return of(SettingsFile.none(), environment, false);
    }

    private static Settings of(SettingsFile file, Map<String, String> environment, boolean models) {
        var keys = keys();
        var unknown = new UnknownKeys(keys);
        unknown.in(environment).forEach(LOG::warn);
        var reader = new SettingsReader(file, environment, keys);
        reader.problems().addAll(unknown.in(file));
        reader.problems().addAll(unknown.retired(environment));
        var kafka = KafkaSettings.read(reader);
        var client = kafka.properties().values();
        var settings = new Settings(
                reader.get(DATA),
                kafka,
                RegistrySettings.read(reader),
                IngestSettings.read(reader),
                MailStreamSettings.read(reader, client),
                MachineStreamSettings.read(reader, client),
                TopicSettings.read(reader),
                MetricsSettings.read(reader),
                LoggingSettings.read(reader));
        if (models && settings.scored().contains(MailStreamSettings.NAME)) {
            settings.mail().requireModels(reader);
        }
        if (models && settings.scored().contains(MachineStreamSettings.NAME)) {
            settings.machine().requireModels(reader);
        }
        if (!reader.problems().isEmpty()) {
            throw new SettingsException(file.name(), reader.problems(), null);
        }
        return settings;
    }

    private static String text(Path file) {
        if (Files.isDirectory(file)) {
            throw refused(file, "is a folder; allowed is a file of settings", null);
        }
        try {
            if (Files.size(file) > LARGEST) {
                throw refused(file, "larger than 1 MiB; allowed is a file of settings", null);
            }
            var bytes = Files.readAllBytes(file);
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.isBlank()) {
                throw refused(file, "the file is empty; vorrang.example.yaml shows what it can hold", null);
            }
            return text;
        } catch (NoSuchFileException e) {
            throw refused(file, "there is no such file; start from a copy of vorrang.example.yaml", e);
        } catch (CharacterCodingException e) {
            throw refused(file, "no text in UTF-8; allowed is YAML in UTF-8", e);
        } catch (IOException e) {
            throw refused(
                    file, "cannot be read (" + ErrorText.of(e) + "); allowed is a file that this user can read", e);
        }
    }

    private static SettingsException refused(Path file, String problem, Exception cause) {
        return new SettingsException(file.toString(), List.of(problem), cause);
    }
}

package dev.vorrang.app.settings;

import dev.vorrang.app.program.ErrorText;
import dev.vorrang.scoring.mail.PrioritySettings;
import dev.vorrang.scoring.route.Routes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumSet;
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
 * @param scoring scoring them
 * @param machine how machines are scored
 * @param priority how mail is weighed
 * @param routes where it goes
 * @param topics names of topics and how they are created
 * @param metrics what is measured, and where it can be read
 * @param logging what is logged
 */
public record Settings(
        Path data,
        KafkaSettings kafka,
        RegistrySettings registry,
        IngestSettings ingest,
        ScoringSettings scoring,
        MachineStreamSettings machine,
        PrioritySettings priority,
        Routes routes,
        TopicSettings topics,
        MetricsSettings metrics,
        LoggingSettings logging) {

    private static final Logger LOG = LoggerFactory.getLogger(Settings.class);
    private static final int LARGEST = 1 << 20;

    private static final Key<Path> DATA = Key.of(
            "data",
            Kind.path(),
            "vorrang-data",
            "Folder for all that the program keeps: the embedded broker's records, the state of scoring, what was read.");

    /** The streams that this program scores. */
    public Set<ScoringSettings.Stream> scored() {
        if (scoring.mode() == Placement.EXTERNAL) {
            return Set.of();
        }
        if (!scoring.streams().isEmpty()) {
            return scoring.streams();
        }
        var streams = EnumSet.noneOf(ScoringSettings.Stream.class);
        if (ingest.mode() == Placement.EXTERNAL || !ingest.mailboxes().isEmpty()) {
            streams.add(ScoringSettings.Stream.MAIL);
        }
        if (ingest.mode() == Placement.EMBEDDED && !ingest.machines().isEmpty()) {
            streams.add(ScoringSettings.Stream.MACHINE);
        }
        return streams;
    }

    /** Every key, in the order of the reference. */
    static List<Key<?>> keys() {
        return Stream.of(
                        List.<Key<?>>of(DATA),
                        KafkaSettings.KEYS,
                        RegistrySettings.KEYS,
                        IngestSettings.KEYS,
                        ScoringSettings.KEYS,
                        MachineStreamSettings.KEYS,
                        PriorityKeys.KEYS,
                        RouteKeys.KEYS,
                        TopicSettings.KEYS,
                        MetricsSettings.KEYS,
                        LoggingSettings.KEYS)
                .flatMap(List::stream)
                .toList();
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
        var kafka = KafkaSettings.read(reader);
        var scoring = ScoringSettings.read(reader, kafka.properties().values());
        var settings = new Settings(
                reader.get(DATA),
                kafka,
                RegistrySettings.read(reader),
                IngestSettings.read(reader),
                scoring,
                MachineStreamSettings.read(reader, scoring.batch().limits()),
                PriorityKeys.read(reader),
                RouteKeys.read(reader),
                TopicSettings.read(reader),
                MetricsSettings.read(reader),
                LoggingSettings.read(reader));
        if (models) {
            ScoringSettings.requireModel(reader, settings);
            MachineStreamSettings.requireModels(reader, settings);
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

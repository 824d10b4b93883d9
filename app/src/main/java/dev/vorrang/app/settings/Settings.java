package dev.vorrang.app.settings;

import dev.vorrang.app.program.ErrorText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
 * @param ingest taking records in
 * @param streams how each stream is scored, by its name
 * @param scored the names of the streams that this program scores
 * @param actions what is done about scored records
 * @param sinks what carries actions out
 * @param topics names of topics and how they are created
 * @param console for the people who work with what is scored
 * @param metrics what is measured, and where it can be read
 * @param logging what is logged
 */
public record Settings(
        Path data,
        KafkaSettings kafka,
        RegistrySettings registry,
        IngestSettings ingest,
        Map<String, StreamOptions> streams,
        Set<String> scored,
        ActionOptions actions,
        List<SinkSettings> sinks,
        TopicSettings topics,
        ConsoleOptions console,
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

    /** The settings of one stream. */
    public <S extends StreamOptions> S of(StreamSection<S> stream) {
        return stream.type().cast(streams.get(stream.name()));
    }

    /** A stream is scored if its settings say so; if none of them say anything, what is read here decides. */
    private static Set<String> scored(
            List<StreamSection<?>> known, Map<String, StreamOptions> streams, IngestSettings ingest) {
        boolean external = ingest.mode() == Placement.EXTERNAL;
        boolean named = streams.values().stream()
                .anyMatch(each -> each.stream().enabled().orElse(false));
        var scored = new LinkedHashSet<String>();
        for (int i = 0; i < known.size(); i++) {
            var stream = known.get(i);
            boolean usual = external ? i == 0 && !named : ingest.feeds(stream);
            if (streams.get(stream.name()).stream().enabled().orElse(usual)) {
                scored.add(stream.name());
            }
        }
        return scored;
    }

    /** Every section, in the order of the reference. */
    static List<Section> sections(List<StreamSection<?>> streams) {
        return Stream.of(
                        List.of(TOP, KafkaSettings.KEYS, RegistrySettings.KEYS, IngestSettings.KEYS),
                        sources(streams).stream()
                                .flatMap(source -> source.sections().stream())
                                .toList(),
                        streams.stream()
                                .flatMap(stream -> stream.sections().stream())
                                .toList(),
                        ActionOptions.sections(),
                        List.of(SinkSettings.KEYS, TopicSettings.KEYS),
                        ConsoleOptions.sections(),
                        List.of(MetricsSettings.KEYS, LoggingSettings.KEYS))
                .flatMap(List::stream)
                .toList();
    }

    private static List<? extends SourceSection<?>> sources(List<StreamSection<?>> streams) {
        return streams.stream().flatMap(stream -> stream.sources().stream()).toList();
    }

    /** Every key, in the order of the reference. */
    static List<Key<?>> keys(List<StreamSection<?>> streams) {
        return sections(streams).stream()
                .flatMap(section -> section.keys().stream())
                .toList();
    }

    /**
     * Reads a file, and the environment over it.
     *
     * @param streams that there are; the first is scored where nothing is said and nothing is read
     * @param file YAML in UTF-8
     * @param environment variables by name; those that start with {@code VORRANG_} count
     * @throws SettingsException if the file cannot be read, or anything in it is not allowed; the message has all problems
     */
    public static Settings load(List<StreamSection<?>> streams, Path file, Map<String, String> environment) {
        return of(streams, SettingsFile.parse(file.toString(), text(file)), environment, false);
    }

    /**
     * Reads a file, and the environment over it, for a program that scores: the models must be there, too.
     *
     * @throws SettingsException as {@link #load}
     */
    public static Settings loadWithModels(List<StreamSection<?>> streams, Path file, Map<String, String> environment) {
        return of(streams, SettingsFile.parse(file.toString(), text(file)), environment, true);
    }

    /**
     * Reads the environment alone.
     *
     * @throws SettingsException as {@link #load}
     */
    public static Settings of(List<StreamSection<?>> streams, Map<String, String> environment) {
        return of(streams, SettingsFile.none(), environment, false);
    }

    private static Settings of(
            List<StreamSection<?>> known, SettingsFile file, Map<String, String> environment, boolean models) {
        var keys = keys(known);
        var unknown = new UnknownKeys(keys);
        unknown.in(environment).forEach(LOG::warn);
        var reader = new SettingsReader(file, environment, keys);
        reader.problems().addAll(unknown.in(file));
        reader.problems().addAll(unknown.retired(environment));
        var kafka = KafkaSettings.read(reader);
        var client = kafka.properties().values();
        var data = reader.get(DATA);
        var registry = RegistrySettings.read(reader);
        var ingest = IngestSettings.read(reader, sources(known));
        var streams = new LinkedHashMap<String, StreamOptions>();
        known.forEach(each -> streams.put(each.name(), each.reading().apply(reader, client)));
        var sinks = SinkSettings.read(reader);
        var settings = new Settings(
                data,
                kafka,
                registry,
                ingest,
                streams,
                scored(known, streams, ingest),
                ActionOptions.read(reader, known, sinks),
                sinks,
                TopicSettings.read(reader),
                ConsoleOptions.read(reader, data),
                MetricsSettings.read(reader),
                LoggingSettings.read(reader));
        if (models) {
            settings.scored().forEach(name -> streams.get(name).stream().requireModels(reader));
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

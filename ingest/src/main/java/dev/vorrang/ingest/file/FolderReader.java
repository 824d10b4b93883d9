package dev.vorrang.ingest.file;

import dev.vorrang.ingest.reading.CsvReadingDecoder;
import dev.vorrang.ingest.reading.CsvRows;
import dev.vorrang.ingest.reading.Decoded;
import dev.vorrang.ingest.reading.DecodedRow;
import dev.vorrang.ingest.reading.JsonReadingDecoder;
import dev.vorrang.ingest.reading.LocalTimes;
import dev.vorrang.ingest.reading.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the files of a folder, the one that was changed first before the others, and each from where it was read to: CSV under
 * its header, or JSON Lines. A file that grows is followed; one that was replaced or cut is read from its beginning. For one
 * thread. Symbolic links are not read: one may lead out of the folder.
 */
public final class FolderReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderReader.class);
    private static final int SHOWN = 1_000;

    private final Plan plan;
    private final Function<String, Optional<FilePosition>> committed;
    private final Clock clock;
    private final Map<String, FilePosition> read = new HashMap<>();
    private final Map<String, LocalTimes> times = new HashMap<>();
    private final Map<String, Done> done = new HashMap<>();
    private final Deque<String> waiting = new ArrayDeque<>();
    private final Set<String> links = new HashSet<>();
    private Optional<OpenFile> open = Optional.empty();

    /**
     * What to read, and how.
     *
     * @param folder whose files are read, not those of folders in it
     * @param glob of file names, such as {@code *.csv}
     * @param share which file names are this reader's
     * @param csv reads rows
     * @param json reads lines of files whose names have {@code .json}, {@code .jsonl} or {@code .ndjson}
     * @param settled a file that did not change for so long ends with its last line, whether that has an end or not
     */
    public record Plan(
            Path folder,
            String glob,
            Predicate<String> share,
            CsvReadingDecoder csv,
            JsonReadingDecoder json,
            Duration settled) {}

    /**
     * A line that was read.
     *
     * @param file its name
     * @param decoded what became of it
     * @param after where to go on
     */
    public record Read(String file, Decoded decoded, FilePosition after) {}

    private record Seen(long size, Instant modified) {}

    /** A file that was read to its end as it then was, settled or not. */
    private record Done(Seen seen, boolean settled) {}

    /** A file in reading. */
    private record OpenFile(
            String name,
            LineFile lines,
            RowLines rows,
            Optional<CsvRows> csv,
            LocalTimes times,
            Seen seen,
            boolean settled) {

        /** Without an end of line the last is one if the file is complete, or packed, and so not written on. */
        Optional<RowLines.Row> next() throws IOException {
            boolean last = settled || name.endsWith(".gz");
            return csv.isPresent()
                    ? rows.next(last)
                    : lines.next(last).map(line -> new RowLines.Row(line.after().lines(), line));
        }
    }

    /** @param committed how far a file was read, by its name; asked once for each */
    public FolderReader(Plan plan, Function<String, Optional<FilePosition>> committed, Clock clock) {
        this.plan = plan;
        this.committed = committed;
        this.clock = clock;
    }

    /**
     * Reads one file from its beginning, which is complete.
     *
     * @param file no symbolic link
     */
    public static FolderReader ofFile(Path file, CsvReadingDecoder csv, JsonReadingDecoder json) {
        String its = file.getFileName().toString();
        var plan = new Plan(file.toAbsolutePath().getParent(), "*", its::equals, csv, json, Duration.ZERO);
        return new FolderReader(plan, name -> Optional.empty(), Clock.systemUTC());
    }

    /**
     * Reads on.
     *
     * @param most lines, 1 or more
     * @return empty if there is nothing new
     * @throws IOException if the folder cannot be read
     */
    public List<Read> take(int most) throws IOException {
        var taken = new ArrayList<Read>();
        if (open.isEmpty() && waiting.isEmpty()) {
            examine();
        }
        while (taken.size() < most && (open.isPresent() || !waiting.isEmpty())) {
            if (open.isEmpty()) {
                String name = waiting.remove();
                try {
                    open = open(name);
                } catch (IOException e) {
                    failed(name, e).ifPresent(taken::add);
                }
                continue;
            }
            OpenFile file = open.get();
            try {
                List<Read> next = next(file);
                taken.addAll(next);
                if (next.isEmpty()) {
                    done.put(file.name(), new Done(file.seen(), file.settled()));
                    close();
                }
            } catch (IOException e) {
                failed(file.name(), e).ifPresent(taken::add);
                close();
            }
        }
        return taken;
    }

    private void examine() throws IOException {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + plan.glob());
        record Found(String name, Seen seen) {}
        var found = new ArrayList<Found>();
        try (Stream<Path> files = Files.list(plan.folder())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                if (matcher.matches(file.getFileName()) && plan.share().test(name)) {
                    seen(file).filter(seen -> isNews(name, seen)).ifPresent(seen -> found.add(new Found(name, seen)));
                }
            }
        }
        found.stream()
                .sorted(Comparator.comparing((Found file) -> file.seen().modified())
                        .thenComparing(Found::name))
                .forEach(file -> waiting.add(file.name()));
    }

    /** Changed since it was read, or settled since: then its last line is one. */
    private boolean isNews(String name, Seen seen) {
        Done before = done.get(name);
        return before == null || !before.seen().equals(seen) || !before.settled() && isSettled(seen);
    }

    private boolean isSettled(Seen seen) {
        return seen.modified().plus(plan.settled()).isBefore(clock.instant());
    }

    private Optional<Seen> seen(Path file) throws IOException {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isSymbolicLink() && links.add(file.toString())) {
                LOG.warn("{}: is a symbolic link and is not read, for it may lead out of the folder", file);
            }
            return attributes.isRegularFile()
                    ? Optional.of(new Seen(
                            attributes.size(), attributes.lastModifiedTime().toInstant()))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Optional<OpenFile> open(String name) throws IOException {
        Path path = plan.folder().resolve(name);
        Optional<Seen> seen = seen(path);
        if (seen.isEmpty()) {
            return Optional.empty();
        }
        FilePosition position =
                read.computeIfAbsent(name, any -> committed.apply(name).orElse(FilePosition.START));
        boolean settled = isSettled(seen.get());
        Optional<CsvStart> start = isJson(name) ? Optional.empty() : CsvStart.read(path, settled);
        if (start.isEmpty() && !isJson(name)) {
            done.put(name, new Done(seen.get(), settled));
            return Optional.empty();
        }
        LineFile lines = LineFile.open(path);
        if (!lines.skipTo(position)) {
            LOG.info("{}: is another file than before, or was cut; it is read from its beginning", path);
            lines.close();
            lines = LineFile.open(path);
            position = FilePosition.START;
            read.put(name, position);
            times.remove(name);
        }
        if (start.isPresent() && position.bytes() == 0) {
            lines.skipTo(start.get().after());
        }
        OpenFile file =
                openFile(name, lines, start, seen.get(), settled, times.getOrDefault(name, LocalTimes.ofFile()));
        if (times.put(name, file.times()) == null && position.bytes() > 0 && needsLinesBefore(name)) {
            readAgain(file, path, start, position);
        }
        return Optional.of(file);
    }

    private OpenFile openFile(
            String name, LineFile lines, Optional<CsvStart> start, Seen seen, boolean settled, LocalTimes local) {
        Optional<CsvRows> csv = start.map(each -> plan.csv().under(each.header(), each.sample(), local));
        return new OpenFile(name, lines, rows(lines, csv), csv, local, seen, settled);
    }

    static RowLines rows(LineFile lines, Optional<CsvRows> csv) {
        return new RowLines(
                lines,
                csv.map(CsvRows::separator).orElse(','),
                row -> csv.isPresent() && csv.get().fits(row));
    }

    private boolean needsLinesBefore(String name) {
        return isJson(name) ? plan.json().needsDocumentsBefore() : plan.csv().needsRowsBefore();
    }

    /** The instant of a local time may depend on those before it: they are told what was read in the life before. */
    private void readAgain(OpenFile open, Path path, Optional<CsvStart> start, FilePosition until) throws IOException {
        try (var lines = LineFile.open(path)) {
            if (start.isPresent()) {
                lines.skipTo(start.get().after());
            }
            var again = new OpenFile(
                    open.name(), lines, rows(lines, open.csv()), open.csv(), open.times(), open.seen(), true);
            Optional<RowLines.Row> row = again.next();
            while (row.isPresent() && row.get().content().after().bytes() <= until.bytes()) {
                decode(again, row.get());
                row = again.next();
            }
        }
    }

    /** What the next line is that is not blank: one reading, or several if it is an array; none at the end. */
    private List<Read> next(OpenFile file) throws IOException {
        while (true) {
            FilePosition before = read.get(file.name());
            Optional<RowLines.Row> next = file.next();
            if (next.isEmpty()) {
                return List.of();
            }
            FilePosition after = next.get().content().after();
            read.put(file.name(), after);
            List<Decoded> decoded = CsvStart.isBlank(next.get()) ? List.of() : decode(file, next.get());
            var all = new ArrayList<Read>();
            for (int i = 0; i < decoded.size(); i++) {
                // Only with the last of them the line is done.
                all.add(new Read(file.name(), decoded.get(i), i == decoded.size() - 1 ? after : before));
            }
            if (!all.isEmpty()) {
                return all;
            }
        }
    }

    private List<Decoded> decode(OpenFile file, RowLines.Row row) {
        String source = plan.folder().resolve(file.name()).toUri() + "#" + row.line();
        if (row.content().tooLong()) {
            return List.of(tooLong(source, row.content()));
        }
        var origin = new Origin(source, Optional.of(machine(file.name())), Optional.empty(), clock.instant());
        byte[] bytes = row.content().bytes();
        if (file.csv().isEmpty()) {
            return plan.json().decode(bytes, origin, file.times());
        }
        DecodedRow read = file.csv().get().row(bytes, origin);
        return file.csv().get().isHeader(read) ? List.of() : List.of(read.decoded());
    }

    static Decoded.Refused tooLong(String source, LineFile.Line line) {
        return new Decoded.Refused(
                source,
                Arrays.copyOf(line.bytes(), SHOWN),
                "LineTooLong",
                "line: is longer than allowed, " + LineFile.LONGEST + " bytes");
    }

    /** Where the content does not tell the machine, the name of the file does, without its endings. */
    static String machine(String name) {
        int dot = name.indexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /** Whether a file has a document in each line, as its name says; else it is CSV. */
    public static boolean isJson(String name) {
        return name.matches("(?i).*\\.(json|jsonl|ndjson)(\\.gz)?");
    }

    /** What cannot be read is said once it has settled; it is tried again when it changes. */
    private Optional<Read> failed(String name, IOException e) throws IOException {
        Path path = plan.folder().resolve(name);
        Optional<Seen> seen = e instanceof NoSuchFileException ? Optional.empty() : seen(path);
        if (seen.isEmpty() || LineFile.isCutShort(e) && !isSettled(seen.get())) {
            return Optional.empty();
        }
        done.put(name, new Done(seen.get(), true));
        FilePosition position = read.getOrDefault(name, FilePosition.START);
        String message = "file: cannot be read after line " + position.lines() + ": " + e.getMessage();
        LOG.warn("{}: {}", path, message);
        return Optional.of(new Read(
                name,
                new Decoded.Refused(
                        path.toUri() + "#" + (position.lines() + 1),
                        name.getBytes(StandardCharsets.UTF_8),
                        e.getClass().getSimpleName(),
                        message),
                position));
    }

    @Override
    public void close() {
        open.ifPresent(file -> {
            try {
                file.lines().close();
            } catch (IOException e) {
                LOG.debug("{} did not close", file.name(), e);
            }
        });
        open = Optional.empty();
    }
}

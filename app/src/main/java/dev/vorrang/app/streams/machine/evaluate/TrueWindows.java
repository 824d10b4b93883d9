package dev.vorrang.app.streams.machine.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vorrang.ingest.reading.ReadingTime;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.machine.MachineRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When machines were odd, from a JSON file: a list of {@code [from, to]}, or an object that has such a list for each machine or,
 * as the labels of the Numenta Anomaly Benchmark do, for each data file. Both bounds belong to the window.
 */
public final class TrueWindows {

    private static final int MOST_KEYS_SHOWN = 8;

    private record Window(long from, long to) {}

    private final Path file;
    private final List<Window> all;
    private final Map<String, List<Window>> byMachine;

    private TrueWindows(Path file, List<Window> all, Map<String, List<Window>> byMachine) {
        this.file = file;
        this.all = all;
        this.byMachine = byMachine;
    }

    /**
     * Reads a file.
     *
     * @param data the data file, whose windows are those of the key that its path ends with
     * @throws TrainingDataException if it is missing or not as described
     */
    public static TrueWindows read(Path file, Path data) {
        if (!Files.isRegularFile(file)) {
            throw new TrainingDataException("windows file " + file + " does not exist");
        }
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new TrainingDataException(
                    "windows file " + file + " is not valid JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new TrainingDataException("windows file " + file + " cannot be read: " + e.getMessage(), e);
        }
        if (root.isArray()) {
            return new TrueWindows(file, windows(file, "the list", root), Map.of());
        }
        if (!root.isObject()) {
            throw new TrainingDataException("windows file " + file
                    + ": allowed are a list of [from, to], or an object with such a list for each file or machine");
        }
        var byMachine = new HashMap<String, List<Window>>();
        for (var entry : root.properties()) {
            List<Window> windows = windows(file, "'" + entry.getKey() + "'", entry.getValue());
            if (isPathOf(entry.getKey(), data)) {
                return new TrueWindows(file, windows, Map.of());
            }
            byMachine.put(entry.getKey(), windows);
        }
        return new TrueWindows(file, List.of(), byMachine);
    }

    private static boolean isPathOf(String key, Path data) {
        try {
            return data.toAbsolutePath().normalize().endsWith(Path.of(key));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static List<Window> windows(Path file, String where, JsonNode list) {
        var windows = new ArrayList<Window>();
        if (!list.isArray()) {
            throw new TrainingDataException("windows file " + file + ", " + where
                    + ": allowed is a list of [from, to], not " + list.getNodeType());
        }
        for (JsonNode window : list) {
            if (!window.isArray() || window.size() != 2) {
                throw new TrainingDataException(
                        "windows file " + file + ", " + where + ": allowed is [from, to], not " + window);
            }
            var found = new Window(
                    millis(file, where, window.get(0).asText()),
                    millis(file, where, window.get(1).asText()));
            if (found.to() < found.from()) {
                throw new TrainingDataException(
                        "windows file " + file + ", " + where + ": " + window + " ends before it begins");
            }
            windows.add(found);
        }
        return windows;
    }

    private static long millis(Path file, String where, String time) {
        try {
            return ReadingTime.parse(time, ZoneOffset.UTC).toEpochMilli();
        } catch (IllegalArgumentException e) {
            throw new TrainingDataException("windows file " + file + ", " + where + ": " + e.getMessage(), e);
        }
    }

    /**
     * Whether a row is in a window.
     *
     * @throws TrainingDataException if the file has windows of other machines or data files only
     */
    public Optional<RowTruth> of(MachineRow row) {
        List<Window> windows = byMachine.isEmpty() ? all : byMachine.get(row.machine());
        if (windows == null) {
            throw new TrainingDataException("windows file " + file + " has neither the data file nor machine '"
                    + row.machine() + "'; it has " + names());
        }
        boolean odd = windows.stream().anyMatch(window -> row.millis() >= window.from() && row.millis() <= window.to());
        return Optional.of(odd ? RowTruth.ODD : RowTruth.NORMAL);
    }

    private String names() {
        List<String> names = byMachine.keySet().stream().sorted().toList();
        return names.size() <= MOST_KEYS_SHOWN
                ? names.toString()
                : names.subList(0, MOST_KEYS_SHOWN) + " and " + (names.size() - MOST_KEYS_SHOWN) + " others";
    }
}

package dev.vorrang.ingest.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The beginning of a CSV file.
 *
 * @param header row with the names of the columns, and before it Excel's {@code sep=} if there is one
 * @param sample rows that follow
 * @param after where the first row begins
 */
record CsvStart(byte[] header, List<byte[]> sample, FilePosition after) {

    private static final int MAX_ROWS = 200;
    private static final int MAX_BYTES = 1 << 16;

    /**
     * Reads it.
     *
     * @param settled whether the file is complete
     * @return empty if it has no header yet
     */
    static Optional<CsvStart> read(Path file, boolean settled) throws IOException {
        try (var lines = LineFile.open(file)) {
            var rows = new RowLines(lines);
            var header = new ByteArrayOutputStream();
            Optional<RowLines.Row> row = rows.next(settled);
            while (row.isPresent() && (isBlank(row.get()) || isHint(row.get()))) {
                header.writeBytes(row.get().content().bytes());
                header.write('\n');
                row = rows.next(settled);
            }
            if (row.isEmpty()) {
                return Optional.empty();
            }
            header.writeBytes(row.get().content().bytes());
            FilePosition after = row.get().content().after();
            return Optional.of(new CsvStart(header.toByteArray(), sample(rows, settled), after));
        }
    }

    private static List<byte[]> sample(RowLines rows, boolean settled) {
        var sample = new ArrayList<byte[]>();
        int bytes = 0;
        try {
            Optional<RowLines.Row> row = rows.next(settled);
            while (row.isPresent() && sample.size() < MAX_ROWS && bytes < MAX_BYTES) {
                sample.add(row.get().content().bytes());
                bytes += row.get().content().bytes().length;
                row = rows.next(settled);
            }
        } catch (IOException e) {
            // It is met again, and told, where the rows are read.
            return sample;
        }
        return sample;
    }

    static boolean isBlank(RowLines.Row row) {
        for (byte each : row.content().bytes()) {
            if (each != ' ' && each != '\t') {
                return false;
            }
        }
        return !row.content().tooLong();
    }

    private static boolean isHint(RowLines.Row row) {
        byte[] bytes = row.content().bytes();
        return bytes.length < 12 && new String(bytes, StandardCharsets.UTF_8).matches("\uFEFF?\"?sep=.\"?");
    }
}

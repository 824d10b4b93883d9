package dev.vorrang.training.mail;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.training.TrainingDataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads training data: CSV (RFC 4180) in UTF-8, the first line naming the columns. */
final class MailCsv {

    /** A field longer than this is a quotation mark that is never closed rather than a mail. */
    private static final int LONGEST_FIELD = 16 * 1024 * 1024;

    private final MailColumns columns;
    private final LabelMap labelMap;
    private final boolean labelled;
    private final List<MailRow> rows = new ArrayList<>();
    private final List<String> dataSets = new ArrayList<>();
    private final Set<String> seenColumns = new HashSet<>();

    /** @param labelled whether rows without any label are left out */
    private MailCsv(MailColumns columns, LabelMap labelMap, boolean labelled) {
        this.columns = columns;
        this.labelMap = labelMap;
        this.labelled = labelled;
    }

    /**
     * Reads all files. A column that one file lacks means that its rows have no such label; the text's columns must be there.
     *
     * @throws TrainingDataException if a file cannot be used, or the labels cannot be learnt from
     */
    static LabelledMails read(List<Path> files, MailColumns columns, LabelMap labelMap) {
        return readAll(files, columns, labelMap).labelled();
    }

    /** The rows with a label as they stand in all files, see {@link MailRow#read}. */
    static List<MailRow> rows(List<Path> files, MailColumns columns, LabelMap labelMap) {
        return readAll(files, columns, labelMap).rows;
    }

    /** The texts of a file with or without labels, see {@link MailRow#texts}. */
    static List<MailText> texts(Path file, MailColumns columns) {
        var csv = new MailCsv(columns, LabelMap.none(), false);
        csv.readFile(file);
        return csv.rows.stream().map(MailRow::text).toList();
    }

    private static MailCsv readAll(List<Path> files, MailColumns columns, LabelMap labelMap) {
        var csv = new MailCsv(columns, labelMap, true);
        files.forEach(csv::readFile);
        columns.labels().forEach((head, column) -> {
            if (!csv.seenColumns.contains(column)) {
                throw new TrainingDataException("column '" + column + "' for the " + head + " is in none of " + files);
            }
        });
        return csv;
    }

    private void readFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new TrainingDataException("data file " + file + " does not exist");
        }
        int before = rows.size();
        boolean anyRow = false;
        int dataSet = dataSets.size();
        dataSets.add(file.getFileName().toString());
        try (var text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                CsvReader<NamedCsvRecord> records = CsvReader.builder()
                        .skipEmptyLines(true)
                        .maxBufferSize(LONGEST_FIELD)
                        .ofNamedCsvRecord(text)) {
            for (NamedCsvRecord row : records) {
                if (!anyRow) {
                    checkColumns(file, row.getHeader());
                    anyRow = true;
                }
                add(file, dataSet, row);
            }
        } catch (CsvParseException e) {
            throw refuse(file, e);
        } catch (UncheckedIOException e) {
            throw refuse(file, e.getCause());
        } catch (IOException e) {
            throw refuse(file, e);
        }
        if (!anyRow) {
            throw new TrainingDataException("data file " + file + " has no rows");
        }
        if (rows.size() == before) {
            throw new TrainingDataException("data file " + file + " has no row with a label in "
                    + columns.labels().values());
        }
    }

    private static TrainingDataException refuse(Path file, Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CharacterCodingException) {
                return new TrainingDataException("data file " + file + " is not UTF-8; convert it first", e);
            }
        }
        String detail = e.getCause() == null
                ? e.getMessage()
                : e.getMessage() + ": " + e.getCause().getMessage();
        return new TrainingDataException("data file " + file + " is not valid CSV: " + detail, e);
    }

    private void checkColumns(Path file, List<String> header) {
        var missing = new ArrayList<String>();
        for (Optional<String> column : List.of(columns.subject(), columns.body(), columns.text())) {
            column.filter(name -> !header.contains(name)).ifPresent(missing::add);
        }
        boolean subjectAndBody = columns.subject().filter(header::contains).isPresent()
                || columns.body().filter(header::contains).isPresent();
        boolean text = columns.text().filter(header::contains).isPresent();
        if (!text && !subjectAndBody) {
            throw new TrainingDataException(
                    "data file " + file + " has no column " + missing + " for the text of the mail; it has " + header);
        }
        seenColumns.addAll(header);
    }

    private void add(Path file, int dataSet, NamedCsvRecord row) {
        var labels = new TreeMap<String, String>();
        columns.labels().forEach((head, column) -> row.findField(column)
                .flatMap(label -> labelMap.translate(file.getFileName().toString(), head, label.strip()))
                .ifPresent(label -> labels.put(head, label)));
        if (labels.isEmpty() && labelled) {
            return;
        }
        String subject = columns.subject().flatMap(row::findField).orElse("");
        String body = columns.body()
                .flatMap(row::findField)
                .or(() -> columns.text().flatMap(row::findField))
                .orElse("");
        rows.add(new MailRow(new MailText(subject, body), dataSet, labels));
    }

    private LabelledMails labelled() {
        var heads = new LinkedHashMap<String, List<String>>();
        columns.labels().forEach((head, column) -> heads.put(head, labelsOf(head, column)));
        var order = List.copyOf(heads.keySet());
        var mails = new ArrayList<LabelledMail>(rows.size());
        for (MailRow row : rows) {
            var labels = new int[order.size()];
            Arrays.setAll(
                    labels,
                    head -> java.util.Collections.binarySearch(
                            heads.get(order.get(head)), row.labels().getOrDefault(order.get(head), "")));
            for (int head = 0; head < labels.length; head++) {
                labels[head] = Math.max(labels[head], -1);
            }
            mails.add(new LabelledMail(row.text(), row.dataSet(), labels));
        }
        return new LabelledMails(mails, heads, dataSets);
    }

    private List<String> labelsOf(String head, String column) {
        var counts = new TreeMap<String, Integer>();
        rows.forEach(row ->
                Optional.ofNullable(row.labels().get(head)).ifPresent(label -> counts.merge(label, 1, Integer::sum)));
        if (counts.size() < 2) {
            throw new TrainingDataException("column '" + column + "' for the " + head + " has " + counts.size()
                    + " label " + counts.keySet() + ", needs two or more");
        }
        counts.forEach((label, count) -> {
            if (count < 2) {
                throw new TrainingDataException("label '" + label + "' of column '" + column
                        + "' is seen once, needs two rows or more: one to learn from and one to check");
            }
        });
        return List.copyOf(counts.keySet());
    }
}

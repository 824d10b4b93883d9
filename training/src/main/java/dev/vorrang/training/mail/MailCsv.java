package dev.vorrang.training.mail;

import dev.vorrang.ingest.csv.CsvRow;
import dev.vorrang.ingest.csv.CsvTable;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.UnknownColumnException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads training data: CSV (RFC 4180) in UTF-8, the first line naming the columns. All rows are in memory in the end; of what is not
 * learned from nothing is kept.
 */
final class MailCsv {

    private static final int NO_LABEL = -1;

    private final LabelMap labelMap;
    private final Names names;
    /** Empty if labels do not matter. */
    private final List<HeadLabels> heads = new ArrayList<>();

    private final List<LabelledMail> mails = new ArrayList<>();
    private final List<String> dataSets = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    private final Set<String> seenColumns = new HashSet<>();

    /**
     * Names of the columns of a file.
     *
     * @param text columns of the text by what is in them: subject, body or text
     * @param labels by head
     * @param where values that columns must have
     */
    private record Names(
            Map<String, String> text, Map<String, String> labels, Optional<String> group, Map<String, String> where) {

        static Names of(MailColumns columns, Map<String, String> labels) {
            var text = new LinkedHashMap<String, String>();
            columns.subject().ifPresent(column -> text.put("subject", column.strip()));
            columns.body().ifPresent(column -> text.put("body", column.strip()));
            columns.text().ifPresent(column -> text.put("text", column.strip()));
            var stripped = new LinkedHashMap<String, String>();
            labels.forEach((head, column) -> stripped.put(head, column.strip()));
            var where = new LinkedHashMap<String, String>();
            columns.where().forEach((column, value) -> where.put(column.strip(), value.strip()));
            return new Names(text, stripped, columns.group().map(String::strip), where);
        }

        List<String> columns() {
            var columns = new ArrayList<String>(text.values());
            columns.addAll(labels.values());
            group.ifPresent(columns::add);
            columns.addAll(where.keySet());
            return columns.stream().distinct().toList();
        }
    }

    private MailCsv(Names names, LabelMap labelMap) {
        this.labelMap = labelMap;
        this.names = names;
        names.labels().forEach((head, column) -> heads.add(new HeadLabels(head, column)));
    }

    /**
     * Reads all files. A column that one file lacks means that its rows have no such label; each file needs a column of the text and
     * one of a label, and each column must be in one of the files. Rows without a text or without a label are left out, and so are
     * labels on one text alone: {@link LabelledMails#notices()} tells of them.
     *
     * @param corrections file of corrected mails, a data set of its own behind the others; its columns have names of their own
     * @throws TrainingDataException if a file cannot be used, or the labels cannot be learnt from
     */
    static LabelledMails read(
            List<Path> files, MailColumns columns, LabelMap labelMap, Optional<Corrections> corrections) {
        MailCsv csv = readAll(files, columns, columns.labels(), labelMap);
        corrections.ifPresent(each -> csv.readFile(each.file(), csv.ofCorrections()));
        Map<String, List<String>> heads = LabelChoice.choose(csv.heads, csv.mails, csv.notices);
        var read = new LabelledMails(csv.mails, heads, csv.dataSets, List.copyOf(csv.notices));
        return corrections
                .map(each -> read.weighing(files.size(), each.weight()))
                .orElse(read);
    }

    /** The rows with a label as they stand in all files, see {@link MailRow#read}. */
    static List<MailRow> rows(
            List<Path> files, MailColumns columns, List<String> by, LabelMap labelMap, Consumer<String> notices) {
        var labels = new LinkedHashMap<>(columns.labels());
        by.forEach(column -> labels.putIfAbsent(column, column));
        MailCsv csv = readAll(files, columns, labels, labelMap);
        csv.notices.forEach(notices);
        return csv.mails.stream().map(csv::asRead).toList();
    }

    /** The texts of a file with or without labels, see {@link MailRow#texts}. */
    static List<MailText> texts(Path file, MailColumns columns, Consumer<String> notices) {
        var csv = new MailCsv(Names.of(columns, Map.of()), LabelMap.none());
        csv.readFile(file, csv.names);
        csv.notices.forEach(notices);
        return csv.mails.stream().map(LabelledMail::text).toList();
    }

    private static MailCsv readAll(
            List<Path> files, MailColumns columns, Map<String, String> labels, LabelMap labelMap) {
        var csv = new MailCsv(Names.of(columns, labels), labelMap);
        files.forEach(file -> csv.readFile(file, csv.names));
        csv.names.text().forEach((part, column) -> csv.requireSeen(part, column, files));
        csv.heads.forEach(head -> csv.requireSeen(head.head(), head.column(), files));
        csv.names.where().keySet().forEach(column -> csv.requireSeen("choice of rows", column, files));
        csv.names.group().ifPresent(column -> csv.requireSeen("group", column, files));
        return csv;
    }

    private MailRow asRead(LabelledMail mail) {
        var labels = new LinkedHashMap<String, String>();
        for (int head = 0; head < heads.size(); head++) {
            if (mail.labels()[head] != NO_LABEL) {
                labels.put(heads.get(head).head(), heads.get(head).labels().get(mail.labels()[head]));
            }
        }
        return new MailRow(mail.text(), mail.dataSet(), labels);
    }

    private void requireSeen(String part, String column, List<Path> files) {
        if (!seenColumns.contains(column)) {
            throw new UnknownColumnException("column '" + column + "' for the " + part + " is in none of " + files);
        }
    }

    /** Of the heads that are learned, those that people correct. */
    private Names ofCorrections() {
        var labels = new LinkedHashMap<>(Corrections.COLUMNS.labels());
        labels.keySet().retainAll(names.labels().keySet());
        return Names.of(Corrections.COLUMNS, labels);
    }

    private void readFile(Path file, Names named) {
        List<String> columns = named.columns();
        try (var table = CsvTable.open(file, columns)) {
            checkColumns(file, table, named);
            columns.stream().filter(table::has).forEach(seenColumns::add);
            new FileRows(file, table, named).readAll();
            table.notice().ifPresent(notices::add);
        } catch (IOException e) {
            throw new TrainingDataException(e.getMessage(), e);
        }
    }

    private void checkColumns(Path file, CsvTable table, Names named) {
        if (table.isEmpty()) {
            throw new TrainingDataException("CSV file " + file + " has no rows");
        }
        List<String> labelColumns = List.copyOf(named.labels().values());
        require(file, table, List.copyOf(named.text().values()), "the text of the mail");
        if (!heads.isEmpty()) {
            require(file, table, labelColumns, "a label");
        }
        // Left alone, a file whose column is called "Topic" would add no topics, and nobody would know.
        for (String column : named.columns()) {
            if (table.near(column).isPresent()) {
                throw new UnknownColumnException(
                        "CSV file " + file + " has no column '" + column + "'; " + table.missing(List.of(column)));
            }
        }
    }

    private static void require(Path file, CsvTable table, List<String> anyOf, String purpose) {
        if (anyOf.stream().noneMatch(table::has)) {
            throw new UnknownColumnException(
                    "CSV file " + file + " has no column " + anyOf + " for " + purpose + "; " + table.missing(anyOf));
        }
    }

    /** The rows of one file. */
    private final class FileRows {

        private final Path file;
        private final String name;
        private final CsvTable table;
        private final Names named;
        private final List<String> columns;
        private final int dataSet = dataSets.size();
        private final Optional<Integer> subject;
        private final Optional<Integer> body;
        private final Optional<Integer> group;
        /** Column that each head's label is in; empty if there is none. */
        private final List<Optional<Integer>> labelPlaces = new ArrayList<>();

        private final List<Map<String, Integer>> known = new ArrayList<>();
        private long rows;
        private long blank;
        private long withoutText;
        private long withoutLabel;

        FileRows(Path file, CsvTable table, Names named) {
            this.file = file;
            this.name = file.getFileName().toString();
            this.table = table;
            this.named = named;
            this.columns = named.columns();
            this.subject = place("subject");
            this.body = place("body").or(() -> place("text"));
            this.group = named.group().filter(table::has).map(columns::indexOf);
            for (HeadLabels head : heads) {
                known.add(new HashMap<>());
                labelPlaces.add(labelMap.other(name, head.head())
                        .map(this::columnOf)
                        .or(() -> Optional.ofNullable(named.labels().get(head.head())))
                        .filter(table::has)
                        .map(columns::indexOf));
            }
        }

        private String columnOf(String head) {
            return Optional.ofNullable(named.labels().get(head))
                    .orElseThrow(() -> new TrainingDataException(
                            "the mapping translates labels of the " + head + ", whose column is not named"));
        }

        private Optional<Integer> place(String part) {
            return Optional.ofNullable(named.text().get(part))
                    .filter(table::has)
                    .map(columns::indexOf);
        }

        void readAll() throws IOException {
            dataSets.add(name);
            int before = mails.size();
            for (Optional<CsvRow> row = table.next(); row.isPresent(); row = table.next()) {
                if (isChosen(row.get())) {
                    rows++;
                    add(row.get());
                }
            }
            var labelColumns = named.labels().values();
            if (rows == blank) {
                throw new TrainingDataException("CSV file " + file + " has no rows"
                        + (named.where().keySet().stream().anyMatch(table::has) ? " with " + named.where() : ""));
            }
            if (mails.size() == before) {
                throw new TrainingDataException("CSV file " + file + " has no row with a text"
                        + (heads.isEmpty() ? "" : " and a label in " + labelColumns) + ": of " + leftOut());
            }
            if (blank + withoutText + withoutLabel > 0) {
                notices.add("CSV file " + file + ": left out of " + leftOut());
            }
        }

        private String leftOut() {
            var parts = new ArrayList<String>();
            addTo(parts, blank, "blank");
            addTo(parts, withoutText, "without a text");
            addTo(parts, withoutLabel, "without a label");
            return Shown.count(rows, "row", "rows") + " " + String.join(", ", parts);
        }

        private static void addTo(List<String> parts, long number, String what) {
            if (number > 0) {
                parts.add(Shown.count(number, what, what));
            }
        }

        private boolean isChosen(CsvRow row) {
            return named.where().entrySet().stream()
                    .allMatch(wanted -> !table.has(wanted.getKey())
                            || row.field(columns.indexOf(wanted.getKey()))
                                    .strip()
                                    .equals(wanted.getValue()));
        }

        private void add(CsvRow row) {
            var text = new MailText(field(row, subject), field(row, body));
            if (row.isBlank()) {
                blank++;
            } else if (text.subject().isBlank() && text.body().isBlank()) {
                withoutText++;
            } else {
                int[] labels = labels(row);
                if (labels.length == 0 && !heads.isEmpty()) {
                    withoutLabel++;
                } else {
                    String of = field(row, group).strip();
                    mails.add(new LabelledMail(text, dataSet, labels, of.isEmpty() ? "" : name + "\n" + of, false));
                }
            }
        }

        private static String field(CsvRow row, Optional<Integer> place) {
            return place.isPresent() ? row.field(place.get()) : "";
        }

        /** Numbers of the row's labels, empty if it has none. */
        private int[] labels(CsvRow row) {
            var labels = new int[heads.size()];
            boolean any = false;
            for (int head = 0; head < labels.length; head++) {
                labels[head] = labelPlaces.get(head).isPresent() ? label(row, head) : NO_LABEL;
                any |= labels[head] != NO_LABEL;
            }
            return any ? labels : new int[0];
        }

        private int label(CsvRow row, int head) {
            HeadLabels labels = heads.get(head);
            String written = row.field(labelPlaces.get(head).orElseThrow()).strip();
            Integer number = known.get(head).get(written);
            if (number != null) {
                return number;
            }
            Optional<String> label = labelMap.translate(name, labels.head(), written);
            if (label.isEmpty()) {
                return NO_LABEL;
            }
            int fresh = labels.number(label.get(), "line " + row.line() + " of " + file);
            known.get(head).put(written, fresh);
            return fresh;
        }
    }
}

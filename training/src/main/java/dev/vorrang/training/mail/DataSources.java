package dev.vorrang.training.mail;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.vorrang.scoring.model.ModelCard;
import dev.vorrang.training.TrainingDataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Licences and origins of data files, for the model card; from a CSV file {@code file,name,licence,source,note}. */
final class DataSources {

    private static final String NOT_STATED = "not stated";

    private final Map<String, NamedCsvRecord> byFile = new HashMap<>();

    static DataSources none() {
        return new DataSources();
    }

    /** @throws TrainingDataException if the file cannot be read or lacks a column */
    static DataSources read(Path file) {
        var sources = new DataSources();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : rows) {
                for (String column : new String[] {"name", "licence", "source", "note"}) {
                    row.getField(column);
                }
                sources.byFile.put(row.getField("file"), row);
            }
        } catch (java.util.NoSuchElementException e) {
            throw new TrainingDataException("sources " + file + ": needs the columns file,name,licence,source,note", e);
        } catch (IOException | RuntimeException e) {
            throw new TrainingDataException("sources " + file + " cannot be read: " + e.getMessage(), e);
        }
        return sources;
    }

    /** Describes each data set of the data. Altered texts are not rows of it. */
    List<ModelCard.DataSet> describe(LabelledMails data) {
        var rows = new int[data.dataSets().size()];
        data.mails().stream().filter(mail -> !mail.variant()).forEach(mail -> rows[mail.dataSet()]++);
        return IntStream.range(0, rows.length)
                .mapToObj(dataSet -> describe(data.dataSets().get(dataSet), rows[dataSet]))
                .toList();
    }

    private ModelCard.DataSet describe(String file, int rows) {
        NamedCsvRecord row = byFile.get(file);
        return row == null
                ? new ModelCard.DataSet(file, rows, NOT_STATED, NOT_STATED, "")
                : new ModelCard.DataSet(
                        row.getField("name"),
                        rows,
                        row.getField("licence"),
                        row.getField("source"),
                        row.getField("note"));
    }
}

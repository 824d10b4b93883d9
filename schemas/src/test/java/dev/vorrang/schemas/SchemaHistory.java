package dev.vorrang.schemas;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaFormatter;

/**
 * The versions of a record type that were released, oldest first, as they stand in {@code src/compatibility/<Name>/<n>.avsc}.
 * Topics keep what all of them wrote.
 */
record SchemaHistory(String name, List<Schema> versions) {

    private static final Path FOLDER = Path.of("src", "compatibility");

    static SchemaHistory of(String name) throws IOException {
        var versions = new ArrayList<Schema>();
        for (Path file = file(name, 1); Files.exists(file); file = file(name, versions.size() + 1)) {
            versions.add(new Schema.Parser().parse(Files.readString(file)));
        }
        return new SchemaHistory(name, versions);
    }

    private static Path file(String name, int version) {
        return FOLDER.resolve(name).resolve(version + ".avsc");
    }

    /** Why the schema of today must not be built, empty if it may. */
    List<String> problems(Schema today) {
        var problems = new ArrayList<String>();
        for (int i = 0; i < versions.size(); i++) {
            String version = name + " cannot read its version " + (i + 1) + ": ";
            SchemaCompatibility.checkReaderWriterCompatibility(today, versions.get(i))
                    .getResult()
                    .getIncompatibilities()
                    .forEach(problem -> problems.add(version + problem.getType() + " at " + problem.getLocation() + ": "
                            + problem.getMessage()));
        }
        // Schema.equals leaves out documentation, which may be improved at any time.
        if (problems.isEmpty()
                && (versions.isEmpty() || !versions.get(versions.size() - 1).equals(today))) {
            problems.add(name + " has changed: add it as " + file(name, versions.size() + 1));
        }
        return problems;
    }

    /** Writes the schema of today to where it only needs to be copied from. */
    void propose(Schema today) throws IOException {
        Path file = Path.of("target").resolve(file(name, versions.size() + 1).subpath(1, 4));
        Files.createDirectories(file.getParent());
        Files.writeString(file, SchemaFormatter.format("json/pretty", today) + "\n");
    }
}

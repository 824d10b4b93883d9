package dev.vorrang.training.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineRowsTest {

    private static final MachineColumns BY_UNIT = new MachineColumns(
            Optional.of("unit"), Optional.of("cycle"), Optional.empty(), List.of(), Optional.of("rul"));

    @TempDir
    private Path folder;

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        try (var out = name.endsWith(".gz")
                ? new GZIPOutputStream(Files.newOutputStream(file))
                : Files.newOutputStream(file)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    @Test
    void shouldReadSemicolonsInGzipAndLeaveOutWhatIsNoSensor() throws IOException {
        Path file =
                write("a.csv.gz", "unit;cycle;heat;name;anomaly;load;rul\npress;1;1.5;x;0;;9\npress;2;1.5;y;0;3;8\n");
        try (var rows = MachineRows.open(file, BY_UNIT)) {
            assertThat(rows.sensors()).containsExactly("heat", "load");
            MachineRow row = rows.next();
            assertThat(row.machine()).isEqualTo("press");
            assertThat(row.time()).isEqualTo("1");
            assertThat(row.target()).isEqualTo("9");
            assertThat(row.values(rows.sensors())).containsExactly(1.5, Double.NaN);
            rows.next();
            assertThat(rows.hasNext()).isFalse();
        }
    }

    @Test
    void shouldMissWhatIsNoNumberAndLeaveOutWhatIsNoReading() throws IOException {
        Path file = write("a.csv", "unit,cycle,heat,load,rul\np,1,Bad,1,9\np,2,20.5,2,8\np,3,1\np,4,warm,,7\n");
        try (var rows = MachineRows.open(file, BY_UNIT)) {
            assertThat(rows.sensors()).containsExactly("heat", "load");
            assertThat(rows)
                    .toIterable()
                    .extracting(row -> row.line() + " " + row.reading().getValues()
                            + row.reading().getFlags())
                    .containsExactly(
                            "2 {heat=null, load=1.0}[not_a_number:heat]",
                            "3 {heat=20.5, load=2.0}[]",
                            "5 {load=null}[not_a_number:heat]");
        }
    }

    @Test
    void shouldNameAMissingColumn() throws IOException {
        Path file = write("a.csv", "machine,cycle,heat\np,1,1\n");
        assertThatThrownBy(() -> MachineRows.open(file, BY_UNIT))
                .hasMessageContainingAll("'unit'", "[machine, cycle, heat]");
    }

    @Test
    void shouldJoinTargetsFromAFileOfTheirOwn() throws IOException {
        Path data = write("a.csv", "unit,cycle,heat\np,2,20\np,1,10\nq,1,30\n");
        Path labels = write("labels.csv", "unit,rul\np,7\n");
        MachineData read = MachineData.read(List.of(data), BY_UNIT, Optional.of(labels));
        assertThat(read.series()).hasSize(2);
        assertThat(read.series().get(0).values()).isDeepEqualTo(new double[][] {{10}, {20}});
        assertThat(read.series().get(0).targets()).containsExactly("7", "7");
        assertThat(read.series().get(1).targets()).containsExactly("");
    }
}

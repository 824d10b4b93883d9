package dev.vorrang.ingest.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.ingest.reading.CsvReadingDecoder;
import dev.vorrang.ingest.reading.Decoded;
import dev.vorrang.ingest.reading.JsonReadingDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderReaderTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant LONG_AGO = NOW.minus(Duration.ofHours(1));

    @TempDir
    private Path folder;

    /** As Connect would keep it: what was taken counts as delivered. */
    private final Map<String, FilePosition> delivered = new HashMap<>();

    @Test
    void shouldReadCsvAndJsonLinesPackedAndNot() throws IOException {
        write("press-1.csv", "time,heat,load\n2026-06-01T10:00:00Z,20.5,1\n2026-06-01T10:00:01Z,,2\n", LONG_AGO);
        pack("press-2.csv.gz", "time;heat\n2026-06-01T10:00:00Z;20,5\n");
        pack("all.jsonl.gz", "{\"m\":\"press-3\",\"heat\":1}\n\n{\"m\":\"press-4\",\"heat\":2}");
        write("notes.txt", "no reading\n", LONG_AGO);

        assertThat(texts(takeAll(reader())))
                .containsExactlyInAnyOrder(
                        "press-1 heat=20.5 load=1.0 #2",
                        "press-1 heat=null load=2.0 #3",
                        "press-2 heat=20.5 #2",
                        "press-3 heat=1.0 #1",
                        "press-4 heat=2.0 #3");
        assertThat(takeAll(reader())).as("read before").isEmpty();
    }

    @Test
    void shouldFollowAFileThatGrowsAndWaitForTheEndOfALine() throws IOException {
        write("press.csv", "heat\n1\n2", NOW);
        try (var reader = reader()) {
            assertThat(texts(takeAll(reader))).containsExactly("press heat=1.0 #2");
            assertThat(takeAll(reader)).isEmpty();
            append("press.csv", "5\n3\n", NOW.plusMillis(1));
            assertThat(texts(takeAll(reader))).containsExactly("press heat=25.0 #3", "press heat=3.0 #4");
            append("press.csv", "4", LONG_AGO);
            assertThat(texts(takeAll(reader))).as("settled").containsExactly("press heat=4.0 #5");
            assertThat(takeAll(reader)).isEmpty();
        }
    }

    @Test
    void shouldWaitForAHeaderThatIsStillBeingWritten() throws IOException {
        write("press.csv", "he", NOW);
        try (var reader = reader()) {
            assertThat(takeAll(reader)).isEmpty();
            append("press.csv", "at\n1\n", NOW.plusMillis(1));
            assertThat(texts(takeAll(reader))).containsExactly("press heat=1.0 #2");
        }
    }

    @Test
    void shouldReadAFileAnewThatWasReplacedOrCut() throws IOException {
        write("press.csv", "heat\n1\n2\n", LONG_AGO);
        assertThat(takeAll(reader())).hasSize(2);
        write("press.csv", "load\n7\n8\n9\n", LONG_AGO);
        assertThat(texts(takeAll(reader())))
                .containsExactly("press load=7.0 #2", "press load=8.0 #3", "press load=9.0 #4");
        write("press.csv", "load\n7\n", LONG_AGO);
        assertThat(texts(takeAll(reader()))).containsExactly("press load=7.0 #2");
    }

    @Test
    void shouldGoOnInTheMiddleOfALargeFile() throws IOException {
        var rows = new StringBuilder("heat\n");
        for (int row = 0; row < 5_000; row++) {
            rows.append(row).append('\n');
        }
        write("press.csv", rows.toString(), LONG_AGO);
        var texts = new ArrayList<String>();
        while (texts.size() < 5_000) {
            try (var reader = reader()) {
                texts.addAll(texts(take(reader, 700)));
            }
        }
        assertThat(texts).hasSize(5_000).doesNotHaveDuplicates().last().isEqualTo("press heat=4999.0 #5001");
    }

    @Test
    void shouldSayWhichLineIsNoReadingAndReadTheOthers() throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.write("heat,load\n1,2\n1\nwarm,2\n".getBytes(StandardCharsets.UTF_8));
        bytes.write(new byte[] {(byte) 0xff, ',', '2', '\n'});
        bytes.write("x".repeat(LineFile.LONGEST + 1).getBytes(StandardCharsets.UTF_8));
        bytes.write("\n3,4\n".getBytes(StandardCharsets.UTF_8));
        Files.write(folder.resolve("press.csv"), bytes.toByteArray());
        settle("press.csv", LONG_AGO);

        List<FolderReader.Read> read = takeAll(reader());

        assertThat(texts(read))
                .hasSize(6)
                .startsWith("press heat=1.0 load=2.0 #2", "refused", "press load=2.0 #4")
                .endsWith("press heat=3.0 load=4.0 #7");
        assertThat(read)
                .filteredOn(each -> each.decoded() instanceof Decoded.Refused)
                .extracting(each -> ((Decoded.Refused) each.decoded()).message())
                .satisfiesExactly(
                        fields -> assertThat(fields).contains("1 fields", "2"),
                        encoding -> assertThat(encoding).contains("UTF-8"),
                        length -> assertThat(length).contains("longer than allowed"));
    }

    @Test
    void shouldSayOnceThatAPackedFileIsDamagedAndKeepWhatCouldBeRead() throws IOException {
        pack("press.csv.gz", "heat\n" + "1\n".repeat(100_000));
        byte[] packed = Files.readAllBytes(folder.resolve("press.csv.gz"));
        packed[packed.length - 6] ^= 1;
        Files.write(folder.resolve("press.csv.gz"), packed);
        settle("press.csv.gz", LONG_AGO);
        Files.write(folder.resolve("none.csv.gz"), "no gzip".getBytes(StandardCharsets.UTF_8));
        settle("none.csv.gz", LONG_AGO);
        try (var reader = reader()) {
            List<FolderReader.Read> read = takeAll(reader);
            assertThat(read.stream().filter(each -> each.decoded() instanceof Decoded.Refused))
                    .extracting(FolderReader.Read::file)
                    .containsExactlyInAnyOrder("press.csv.gz", "none.csv.gz");
            assertThat(read.stream().filter(each -> each.decoded() instanceof Decoded.Accepted))
                    .hasSizeGreaterThan(90_000);
            assertThat(takeAll(reader)).isEmpty();
        }
    }

    @Test
    void shouldFindTheSecondHourOfAutumnAlsoWhenItGoesOnInTheMiddle() throws IOException {
        var rows = new StringBuilder("time;heat\n");
        var expected = new ArrayList<Instant>();
        for (int minute = -70; minute < 70; minute++) {
            Instant time = Instant.parse("2025-10-26T01:00:00Z").plusSeconds(60L * minute);
            expected.add(time);
            rows.append(LocalDateTime.ofInstant(time, BERLIN)).append(";1,5\n");
        }
        write("press.csv", rows.toString(), LONG_AGO);
        var times = new ArrayList<Instant>();
        while (times.size() < expected.size()) {
            try (var reader = reader(Optional.of("time"), BERLIN)) {
                take(reader, 7)
                        .forEach(each -> times.add(
                                ((Decoded.Accepted) each.decoded()).reading().getTime()));
            }
        }
        assertThat(times).isEqualTo(expected);
    }

    @Test
    void shouldReadRowsWithLineBreaksAndLoseOnlyTheRowOfAnOpenQuote() throws IOException {
        write(
                "press.csv",
                "heat,note,load\r\n1,\"two\r\nlines, \"\"quoted\"\"\",2\r\n3,\"never closed,4\r\n5,5\" pipe,6\r\n\"7\",\"\",8\r\n",
                LONG_AGO);
        assertThat(texts(takeAll(reader())))
                .containsExactly(
                        "press heat=1.0 load=2.0 #2",
                        "refused",
                        "press heat=5.0 load=6.0 #5",
                        "press heat=7.0 load=8.0 note=null #6");
    }

    @Test
    void shouldReadLineEndsEncodingsAndPacksOfAllKinds() throws IOException {
        write("cr.csv", "heat\r1\r2\r", LONG_AGO);
        Files.write(folder.resolve("wide.csv"), "\uFEFFheat °C\theat\n1\t2\n".getBytes(StandardCharsets.UTF_16LE));
        Files.write(folder.resolve("ansi.csv"), "Wärme;heat\n1;2,5\n".getBytes("windows-1252"));
        write("again.csv", "heat\n1\nheat\n2\n", LONG_AGO);
        settle("wide.csv", LONG_AGO);
        settle("ansi.csv", LONG_AGO);
        var members = new ByteArrayOutputStream();
        for (String part : List.of("heat\n1\n", "2\n")) {
            try (var out = new GZIPOutputStream(members)) {
                out.write(part.getBytes(StandardCharsets.UTF_8));
            }
        }
        Files.write(folder.resolve("two.csv.gz"), members.toByteArray());
        settle("two.csv.gz", LONG_AGO);
        assertThat(texts(takeAll(reader())))
                .containsExactlyInAnyOrder(
                        "cr heat=1.0 #2",
                        "cr heat=2.0 #3",
                        "wide heat °C=1.0 heat=2.0 #2",
                        "ansi Wärme=1.0 heat=2.5 #2",
                        "again heat=1.0 #2",
                        "again heat=2.0 #4",
                        "two heat=1.0 #2",
                        "two heat=2.0 #3");
    }

    @Test
    void shouldReadArraysOfReadingsAndGoOnBeforeTheOneThatWasNotTaken() throws IOException {
        pack(
                "all.jsonl.gz",
                "[{\"m\":\"a\",\"heat\":1},{\"m\":\"\",\"heat\":2},{\"m\":\"c\",\"heat\":3}]\n{\"m\":\"d\",\"heat\":4}\n");
        List<FolderReader.Read> read = takeAll(reader());
        assertThat(texts(read)).containsExactly("a heat=1.0 #1/0", "refused", "c heat=3.0 #1/2", "d heat=4.0 #2");
        delivered.put("all.jsonl.gz", read.get(1).after());
        assertThat(texts(takeAll(reader()))).isEqualTo(texts(read));
    }

    @Test
    void shouldFollowNoLinkOutOfTheFolder(@TempDir Path elsewhere) throws IOException {
        Path secret = Files.writeString(elsewhere.resolve("secret.csv"), "heat\n1\n");
        Files.createSymbolicLink(folder.resolve("press.csv"), secret);
        Files.createSymbolicLink(folder.resolve("circle.csv"), folder);
        write("oven.csv", "heat\n2\n", LONG_AGO);
        assertThat(texts(takeAll(reader()))).containsExactly("oven heat=2.0 #2");
    }

    private FolderReader reader() {
        return reader(timeColumn(), ZoneOffset.UTC);
    }

    private FolderReader reader(Optional<String> time, ZoneId zone) {
        var plan = new FolderReader.Plan(
                folder,
                "*.{csv,csv.gz,jsonl.gz}",
                name -> true,
                new CsvReadingDecoder(new CsvReadingDecoder.Columns(Optional.empty(), time, Set.of(), zone)),
                new JsonReadingDecoder(JsonReadingDecoder.Fields.of(Optional.of("/m"), Optional.empty(), "")),
                Duration.ofSeconds(10));
        return new FolderReader(
                plan, name -> Optional.ofNullable(delivered.get(name)), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    /** Only some of the files have one. */
    private Optional<String> timeColumn() {
        return Files.exists(folder.resolve("notes.txt")) ? Optional.of("time") : Optional.empty();
    }

    private List<FolderReader.Read> takeAll(FolderReader reader) throws IOException {
        var all = new ArrayList<FolderReader.Read>();
        List<FolderReader.Read> some = take(reader, 1_000);
        while (!some.isEmpty()) {
            all.addAll(some);
            some = take(reader, 1_000);
        }
        return all;
    }

    private List<FolderReader.Read> take(FolderReader reader, int most) throws IOException {
        List<FolderReader.Read> taken = reader.take(most);
        taken.forEach(each -> delivered.put(each.file(), each.after()));
        return taken;
    }

    /** Machine, values and line. */
    private static List<String> texts(List<FolderReader.Read> read) {
        return read.stream()
                .map(each -> {
                    if (each.decoded() instanceof Decoded.Accepted accepted) {
                        var values = new ArrayList<String>();
                        accepted.reading().getValues().forEach((sensor, value) -> values.add(sensor + "=" + value));
                        values.sort(null);
                        String source = accepted.reading().getSource();
                        return accepted.reading().getMachine() + " " + String.join(" ", values) + " "
                                + source.substring(source.indexOf('#'));
                    }
                    return "refused";
                })
                .toList();
    }

    private void write(String name, String text, Instant modified) throws IOException {
        Files.writeString(folder.resolve(name), text);
        settle(name, modified);
    }

    private void append(String name, String text, Instant modified) throws IOException {
        Files.writeString(folder.resolve(name), text, StandardOpenOption.APPEND);
        settle(name, modified);
    }

    private void pack(String name, String text) throws IOException {
        try (var out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        settle(name, LONG_AGO);
    }

    private void settle(String name, Instant modified) throws IOException {
        Files.setLastModifiedTime(folder.resolve(name), FileTime.from(modified));
    }
}

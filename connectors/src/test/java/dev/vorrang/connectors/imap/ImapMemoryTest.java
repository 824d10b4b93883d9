package dev.vorrang.connectors.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many folders with long mails, in a Java whose heap has room for one of them at a time. */
class ImapMemoryTest {

    private static final int FOLDERS = 12;
    private static final String HEAP = "-Xmx80m";

    @TempDir
    Path folder;

    @Test
    void shouldReadLongMailsOfManyFoldersInASmallHeap() throws Exception {
        var line = "QUJD".repeat(19) + "\r\n";
        var mail = TestMails.mail("Order 1", "").strip().replace("\n", "\r\n")
                + "\r\nMIME-Version: 1.0\r\nContent-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + line.repeat((8 << 20) / line.length());
        try (var server = new FaultyImapServer(new ImapFault() {}, Map.of(1, mail))) {
            var settings = new TreeMap<>(server.settings());
            settings.put(ImapSettings.TIMEOUT_MS, "60000");
            settings.put(
                    ImapSettings.FOLDERS,
                    IntStream.range(0, FOLDERS).mapToObj(i -> "F" + i).collect(Collectors.joining(",")));
            assertThat(readElsewhere(settings)).contains("read " + FOLDERS + " of 8");
            assertThat(server.count("LOGIN")).as("logins").isEqualTo(FOLDERS);
        }
    }

    private String readElsewhere(Map<String, String> settings) throws Exception {
        var output = folder.resolve("output");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var arguments = settings.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.toList());
        arguments.addAll(
                0,
                List.of(
                        java,
                        HEAP,
                        "-XX:+UseParallelGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Reading.class.getName()));
        var process = new ProcessBuilder(arguments)
                .redirectErrorStream(true)
                .redirectOutput(new File(output.toString()))
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            return Files.readString(output);
        } finally {
            process.destroyForcibly();
        }
    }

    /** The other Java. */
    static final class Reading {

        private Reading() {}

        public static void main(String[] settings) throws Exception {
            var config = new HashMap<String, String>();
            for (var setting : settings) {
                var parts = setting.split("=", 2);
                config.put(parts[0], parts[1]);
            }
            try (var run = new ImapTaskRun(config, new HashMap<>())) {
                run.takeUntil(FOLDERS);
                long shortest = run.mails().stream()
                        .mapToLong(mail -> mail.getInt64("size"))
                        .min()
                        .orElseThrow();
                System.out.println("read " + run.mails().size() + " of " + shortest / 1_000_000);
            }
        }
    }
}

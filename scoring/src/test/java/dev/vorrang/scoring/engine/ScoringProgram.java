package dev.vorrang.scoring.engine;

import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;
import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The stream as a program of its own, for tests to kill. Its model takes 5 ms a batch. */
final class ScoringProgram {

    private ScoringProgram() {}

    /** @param args bootstrap servers, topic prefix, state folder */
    public static void main(String[] args) {
        var stream = Mails.stream(
                new Topics(args[1]),
                new FixedRegistry(),
                ScoringProgram::slowly,
                BatchSettings.defaults().withMaxSize(64),
                Clock.systemUTC());
        var streams = new ScoringStreams(stream, settings(args[0], args[1], Path.of(args[2])));
        Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
        streams.start();
    }

    /** Settings with which a killed instance is noticed soon; the broker must allow the short session. */
    static StreamsSettings settings(String bootstrapServers, String prefix, Path state) {
        return StreamsSettings.of(bootstrapServers, applicationId(prefix), state)
                .withThreads(2)
                .withKafka(Map.of(
                        "main.consumer.session.timeout.ms", "2000", "main.consumer.heartbeat.interval.ms", "500"));
    }

    static String applicationId(String prefix) {
        return prefix + "scoring";
    }

    static Process launch(String bootstrapServers, String prefix, Path state, File log) throws Exception {
        return launch(ScoringProgram.class, bootstrapServers, prefix, state, log);
    }

    static Process launch(Class<?> program, String bootstrapServers, String prefix, Path state, File log)
            throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        // It is killed, and cannot remove what RocksDB unpacks.
                        "-Djava.io.tmpdir=" + log.getParent(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        bootstrapServers,
                        prefix,
                        state.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    private static List<MailPrediction> slowly(List<MailText> texts) {
        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        return Mails.predict(texts);
    }
}

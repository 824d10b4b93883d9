package dev.vorrang.app.bench;

import dev.vorrang.app.streams.mail.MailSamples;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.model.MailArrays;
import dev.vorrang.scoring.mail.model.MailCard;
import dev.vorrang.scoring.model.TensorArrays;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs a mail to become part of the tensors of its batch, 256 in one, at the limits of the model that ships. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EncoderBenchmark {

    private static final int MAILS = 256;

    private final MailCard.Limits limits =
            MailCard.read(Path.of("models", "mail-triage", "3")).limits();
    private final List<MailText> mails = MailSamples.of(MAILS, 1, Clock.systemUTC()).stream()
            .map(mail -> new MailText(mail.getSubject(), mail.getText()))
            .toList();

    @Benchmark
    @OperationsPerInvocation(MAILS)
    public void encode() {
        new TensorArrays(MailArrays.of(mails, limits)).close();
    }
}

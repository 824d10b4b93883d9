package dev.vorrang.app.bench;

import dev.vorrang.app.streams.mail.demo.DemoMails;
import dev.vorrang.ingest.mail.DecoderLimits;
import dev.vorrang.ingest.mail.MailDecoder;
import dev.vorrang.ingest.mail.RawMail;
import dev.vorrang.schemas.EmailMessage;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** MIME to record: the demo's mails in turn. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecoderBenchmark {

    private final Clock clock = Clock.systemUTC();
    private final MailDecoder decoder = new MailDecoder(DecoderLimits.defaults(), clock);
    private final List<RawMail> mails = DemoMails.raw(clock);
    private int next;

    @Benchmark
    public EmailMessage decode() {
        next = (next + 1) % mails.size();
        return decoder.decode(mails.get(next));
    }
}

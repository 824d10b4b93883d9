package dev.vorrang.app.streams.mail;

import dev.vorrang.app.bench.BenchRecords;
import dev.vorrang.app.bench.BenchStream.Input;
import dev.vorrang.app.bench.BenchStream.Inputs;
import dev.vorrang.app.bench.RecordNumber;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The mails of the benchmark. They are encoded once, and stamped with another number each time that they are sent. */
final class MailBench {

    private static final int SAMPLES = 4_096;
    private static final long LEAD = 200;
    private static final long SEED = 1;

    /**
     * A mail in the wire format.
     *
     * @param threadAt where its thread begins
     * @param thread number of its thread, as in {@link RecordNumber}
     */
    private record Sample(byte[] value, int threadAt, long thread) {

        static Sample of(byte[] value, long thread) {
            return new Sample(value, RecordNumber.find(value, thread), thread);
        }

        /** The mail with an id of its own, and with a thread of its own each time that all samples were had. */
        Input with(long number) {
            byte[] mail = RecordNumber.stamped(value, number);
            long another = thread + number / SAMPLES * SAMPLES;
            RecordNumber.write(mail, threadAt, another);
            return new Input(RecordNumber.id(another), mail);
        }
    }

    private MailBench() {}

    static BenchRecords records() {
        List<EmailMessage> mails = MailSamples.of(SAMPLES, SEED, Clock.systemUTC());
        double mean = mails.stream()
                .mapToInt(mail -> mail.getText().length())
                .average()
                .orElse(0);
        return new BenchRecords(
                Map.of("Mails", "%d different ones, %.0f characters of text on average".formatted(SAMPLES, mean)),
                LEAD,
                (topics, serdes) -> inputs(mails, topics, serdes));
    }

    private static Inputs inputs(List<EmailMessage> mails, Topics topics, AvroSerdes serdes) {
        var topic = topics.mailReceived();
        var serializer = serdes.valueSerde(topic).serializer();
        List<Sample> samples = mails.stream()
                .map(mail -> Sample.of(serializer.serialize(topic.name(), mail), RecordNumber.parse(mail.getThread())))
                .toList();
        return number -> samples.get((int) (number % SAMPLES)).with(number);
    }
}

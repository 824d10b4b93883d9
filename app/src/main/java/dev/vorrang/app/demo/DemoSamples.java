package dev.vorrang.app.demo;

import dev.vorrang.ingest.mail.DecoderLimits;
import dev.vorrang.ingest.mail.MailDecoder;
import dev.vorrang.ingest.mail.RawMail;
import dev.vorrang.schemas.EmailMessage;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The demo's mails and machines for others that need something to score. */
public final class DemoSamples {

    private DemoSamples() {}

    /**
     * A machine.
     *
     * @param name its name
     * @param next gives what its sensors read next; for one thread
     */
    public record Machine(String name, Supplier<Map<String, Double>> next) {}

    /**
     * The demo's mails as they lie in the mailbox.
     *
     * @param clock tells when they were sent and received
     */
    public static List<RawMail> rawMails(Clock clock) {
        List<DemoMail> all = DemoMail.all();
        var mime = new DemoMime(all);
        var mails = new ArrayList<RawMail>();
        for (DemoMail mail : all) {
            var bytes = new ByteArrayOutputStream();
            try {
                mime.message(mail, clock.instant()).writeTo(bytes);
            } catch (MessagingException | IOException e) {
                throw new IllegalStateException("demo mail " + mail.id(), e);
            }
            mails.add(new RawMail(bytes.toByteArray(), "file:/demo#" + (mails.size() + 1), clock.instant(), 1));
        }
        return List.copyOf(mails);
    }

    /** The same mails as they come out of the mailbox, decoded. */
    public static List<EmailMessage> mails(Clock clock) {
        var decoder = new MailDecoder(DecoderLimits.defaults(), clock);
        return rawMails(clock).stream().map(decoder::decode).toList();
    }

    /** As many machines as asked for: those of the demo's plant over and over, each plant a step ahead of the one before. */
    public static List<Machine> machines(int count) {
        var machines = new ArrayList<Machine>();
        for (int plant = 0; machines.size() < count; plant++) {
            for (DemoMachine machine : DemoMachine.plant()) {
                for (int step = 0; step < plant; step++) {
                    machine.next();
                }
                if (machines.size() < count) {
                    machines.add(new Machine(machine.name() + "-of-plant-" + plant, machine::next));
                }
            }
        }
        return List.copyOf(machines);
    }
}

package dev.vorrang.app.streams.mail.demo;

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

/** The demo's mails for others that need something to score. */
public final class DemoMails {

    private DemoMails() {}

    /**
     * The demo's mails as they lie in the mailbox.
     *
     * @param clock tells when they were sent and received
     */
    public static List<RawMail> raw(Clock clock) {
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
    public static List<EmailMessage> decoded(Clock clock) {
        var decoder = new MailDecoder(DecoderLimits.defaults(), clock);
        return raw(clock).stream().map(decoder::decode).toList();
    }
}

package dev.vorrang.app.streams.mail.demo;

import dev.vorrang.app.kit.DemoSource;
import dev.vorrang.app.kit.Source;
import dev.vorrang.connectors.avro.AvroConverter;
import dev.vorrang.connectors.imap.ImapSourceConnector;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;

/** The demo's mails in its mailbox. */
public final class MailDemo implements DemoSource {

    private static final Pattern UID = Pattern.compile(";UID=(\\d+)$");

    private final List<DemoMail> mails = DemoMail.all();
    private final DemoMailbox mailbox;
    private final Set<String> shown = new HashSet<>();

    private MailDemo(DemoMailbox mailbox) {
        this.mailbox = mailbox;
    }

    /** Starts the mailbox. */
    public static MailDemo start(Clock clock) {
        return new MailDemo(DemoMailbox.start(clock));
    }

    @Override
    public String address() {
        return "imap://" + mailbox.host() + ":" + mailbox.port();
    }

    @Override
    public Source connector(Topics names, Map<String, String> registry) {
        var config = new HashMap<>(Map.of(
                "connector.class",
                ImapSourceConnector.class.getName(),
                "tasks.max",
                "1",
                "value.converter",
                AvroConverter.class.getName(),
                "imap.host",
                mailbox.host(),
                "imap.port",
                Integer.toString(mailbox.port()),
                "imap.security",
                "none",
                "imap.user",
                DemoMailbox.USER,
                "imap.password",
                DemoMailbox.PASSWORD));
        registry.forEach((key, value) -> config.put("value.converter." + key, value));
        // Nobody should wait a minute for a mail whose notice was lost.
        config.put("poll.interval.ms", "2000");
        config.put("topic", names.mailReceived().name());
        return new Source("mailbox", "demo-mailbox", address(), config);
    }

    @Override
    public int scores() {
        return mails.size();
    }

    @Override
    public void run(boolean once, Predicate<Duration> enough) {
        mailbox.deliver(mails, enough);
    }

    @Override
    public synchronized boolean isRepeated(SpecificRecord output) {
        return output instanceof MailScore score && !shown.add(score.getId());
    }

    /** IMAP's own time has whole seconds only, so the mailbox is asked. */
    @Override
    public Optional<Instant> cameAt(SpecificRecord output) {
        if (!(output instanceof MailScore score)) {
            return Optional.empty();
        }
        var uid = UID.matcher(score.getSource());
        return (uid.find() ? mailbox.deliveredAt(Long.parseLong(uid.group(1))) : Optional.<Instant>empty())
                .or(() -> Optional.of(score.getReceivedAt()));
    }

    @Override
    public void close() {
        mailbox.close();
    }
}

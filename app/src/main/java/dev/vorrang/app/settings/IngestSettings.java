package dev.vorrang.app.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Taking mail in.
 *
 * @param mode embedded: in this program; external: a Kafka Connect cluster does it, with the same connector
 * @param mailboxes to read if embedded, one or more
 */
public record IngestSettings(Placement mode, List<MailboxSettings> mailboxes) {

    private static final String MAILBOXES = "ingest.mailboxes";
    private static final Key<Placement> MODE = Key.of(
            "ingest.mode",
            Kind.oneOf(Placement.class),
            "embedded",
            "`embedded` reads the mailboxes in this program; `external` leaves it to a Kafka Connect cluster of yours.");

    static final List<Key<?>> KEYS;

    static {
        var keys = new ArrayList<Key<?>>(List.of(MODE));
        keys.addAll(MailboxSettings.KEYS);
        KEYS = List.copyOf(keys);
    }

    public IngestSettings {
        mailboxes = List.copyOf(mailboxes);
    }

    static IngestSettings read(SettingsReader reader) {
        var mode = reader.get(MODE);
        var mailboxes = new ArrayList<MailboxSettings>();
        var names = new HashSet<String>();
        for (int place = 0; place < reader.size(MAILBOXES); place++) {
            int at = place;
            MailboxSettings.read(reader, place).ifPresent(mailbox -> {
                mailboxes.add(mailbox);
                if (!names.add(mailbox.name())) {
                    reader.problem(
                            MAILBOXES + "[" + at + "].name",
                            "'" + mailbox.name() + "' stands twice; allowed is a name for each mailbox");
                }
            });
        }
        if (mode == Placement.EMBEDDED && reader.size(MAILBOXES) == 0) {
            reader.problem(MAILBOXES, "there is none; allowed is one or more while ingest.mode is embedded");
        }
        return new IngestSettings(mode, mailboxes);
    }
}

package dev.vorrang.app.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Taking mails and readings in.
 *
 * @param mode embedded: in this program; external: a Kafka Connect cluster does it, with the same connectors
 * @param mailboxes to read if embedded
 * @param machines sources of readings to read if embedded; there is one or more of either
 */
public record IngestSettings(Placement mode, List<MailboxSettings> mailboxes, List<MachineSourceSettings> machines) {

    private static final String MAILBOXES = "ingest.mailboxes";
    private static final String MACHINES = "ingest.machines";
    static final Section KEYS =
            new Section("ingest", "Sources", "Sources of mails and readings: mailboxes, machines, or both.");

    private static final Key<Placement> MODE = KEYS.add(Key.of(
            "mode",
            Kind.oneOf(Placement.class),
            "embedded",
            "`embedded` reads mailboxes and machines in this process; `external` leaves it to your Kafka"
                    + " Connect cluster."));

    public IngestSettings {
        mailboxes = List.copyOf(mailboxes);
        machines = List.copyOf(machines);
    }

    static IngestSettings read(SettingsReader reader) {
        var mode = reader.get(MODE);
        // Names are shared: all are connectors of one worker.
        var names = new HashSet<String>();
        var mailboxes = new ArrayList<MailboxSettings>();
        for (int place = 0; place < reader.size(MAILBOXES); place++) {
            var name = MAILBOXES + "[" + place + "].name";
            MailboxSettings.read(reader, place).ifPresent(mailbox -> {
                mailboxes.add(mailbox);
                once(reader, names, name, mailbox.name());
            });
        }
        var machines = new ArrayList<MachineSourceSettings>();
        for (int place = 0; place < reader.size(MACHINES); place++) {
            var name = MACHINES + "[" + place + "].name";
            MachineSourceSettings.read(reader, place).ifPresent(source -> {
                machines.add(source);
                once(reader, names, name, source.name());
            });
        }
        if (mode == Placement.EMBEDDED && reader.size(MAILBOXES) + reader.size(MACHINES) == 0) {
            reader.problem(
                    MAILBOXES,
                    "there is none, and no " + MACHINES + "; allowed is one or more while ingest.mode is embedded");
        }
        return new IngestSettings(mode, mailboxes, machines);
    }

    private static void once(SettingsReader reader, Set<String> names, String key, String name) {
        if (!names.add(name)) {
            reader.problem(key, "'" + name + "' stands twice; allowed is a name for each mailbox and source");
        }
    }
}

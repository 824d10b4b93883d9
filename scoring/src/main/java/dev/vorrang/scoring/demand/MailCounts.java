package dev.vorrang.scoring.demand;

import dev.vorrang.schemas.DemandObservation;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Topic;
import dev.vorrang.scoring.engine.Feed;
import dev.vorrang.scoring.engine.Output;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Counts scored mails as demand: each is one order line, so that a support centre has its forecast. Immutable.
 *
 * @param from scored mails
 * @param by what makes the items; a mail counts in each of them
 */
record MailCounts(Topic<MailScore> from, List<MailGroup> by) implements Feed<MailScore, DemandObservation> {

    MailCounts {
        Objects.requireNonNull(from, "from");
        by = List.copyOf(by);
    }

    @Override
    public List<Output<DemandObservation>> inputs(MailScore mail, Topic<DemandObservation> input) {
        return by.stream()
                .flatMap(group -> names(group, mail).stream().map(name -> item(group, name)))
                .distinct()
                .map(item -> Counted.of(input, item, mail.getId(), mail.getReceivedAt(), 1, mail.getSource()))
                .toList();
    }

    private static List<String> names(MailGroup group, MailScore mail) {
        return switch (group) {
            case QUEUE -> mail.getQueues();
            case TOPIC -> List.of(Optional.ofNullable(mail.getTopic()).orElse("none"));
            case LANGUAGE -> List.of(Optional.ofNullable(mail.getLanguage()).orElse("unknown"));
        };
    }

    /** Such as {@code mail-queue:support}. */
    private static String item(MailGroup group, String name) {
        return "mail-" + group.name().toLowerCase(Locale.ROOT) + ":" + name;
    }
}

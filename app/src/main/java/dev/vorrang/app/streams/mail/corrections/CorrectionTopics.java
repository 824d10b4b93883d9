package dev.vorrang.app.streams.mail.corrections;

import dev.vorrang.app.stream.CommittedRecords;
import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.DeskEventType;
import dev.vorrang.schemas.DeskState;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.desk.DeskEvents;
import dev.vorrang.scoring.mail.MailStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the corrected mails in the topics. */
public final class CorrectionTopics {

    private static final Logger LOG = LoggerFactory.getLogger(CorrectionTopics.class);

    private CorrectionTopics() {}

    /**
     * What was found.
     *
     * @param mails in the order of their last corrections
     * @param gone corrected mails that the topics have no more, or whose score they have no more
     */
    public record Found(List<CorrectedScore> mails, int gone) {}

    /** The last correction of a mail, and what all of them say together. */
    private record Correction(DeskState state, DeskEvent last) {}

    /**
     * Reads the topics of a stream of mails.
     *
     * @throws dev.vorrang.app.program.CommandFailedException if one of the topics does not exist
     */
    public static Found read(CommittedRecords records, Topics names) {
        Map<String, Correction> corrections = corrections(records, names);
        var scores = new HashMap<String, MailScore>();
        records.each(names.mailScored(), score -> {
            if (corrections.containsKey(score.getId())) {
                scores.put(score.getId(), score);
            }
        });
        var mails = new HashMap<Position, EmailMessage>();
        String received = names.mailReceived().name();
        List<Position> positions = scores.values().stream()
                .map(MailScore::getPosition)
                .filter(position -> position.getTopic().equals(received))
                .toList();
        records.at(names.mailReceived(), positions, mails::put);
        var found = new ArrayList<CorrectedScore>();
        scores.forEach((id, score) -> {
            EmailMessage mail = mails.get(score.getPosition());
            // A topic that was made anew has another mail there.
            if (mail != null && mail.getId().equals(id)) {
                Correction correction = corrections.get(id);
                found.add(new CorrectedScore(
                        mail,
                        score,
                        correction.state().getCorrections(),
                        correction.last().getWho(),
                        correction.last().getAt()));
            }
        });
        found.sort(Comparator.comparing(CorrectedScore::at)
                .thenComparing(each -> each.mail().getId()));
        return new Found(List.copyOf(found), corrections.size() - found.size());
    }

    /** By id of the mail; in the order of the topic, and of events with the same id the first. */
    private static Map<String, Correction> corrections(CommittedRecords records, Topics names) {
        var corrections = new HashMap<String, Correction>();
        Set<String> known = new HashSet<>();
        records.each(names.deskEvents(), event -> {
            if (event.getStream().equals(MailStream.ID)
                    && event.getType() == DeskEventType.CORRECTED
                    && isValid(event)
                    && known.add(event.getId())) {
                Correction before = corrections.get(event.getRecord());
                DeskEvents.apply(before == null ? null : before.state(), event)
                        .ifPresent(state -> corrections.put(event.getRecord(), new Correction(state, event)));
            }
        });
        corrections.values().removeIf(each -> each.state().getCorrections().values().stream()
                .allMatch(String::isBlank));
        return corrections;
    }

    private static boolean isValid(DeskEvent event) {
        try {
            DeskEvents.check(event);
            return true;
        } catch (IllegalArgumentException e) {
            LOG.warn("Desk event {} is left out: {}", event.getId(), e.getMessage());
            return false;
        }
    }
}

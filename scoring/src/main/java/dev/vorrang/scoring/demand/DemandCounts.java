package dev.vorrang.scoring.demand;

import dev.vorrang.schemas.DemandObservation;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.engine.Feed;
import java.util.ArrayList;
import java.util.List;

/**
 * What of other streams is counted as demand. Immutable.
 *
 * @param mails by what scored mails are counted; empty: not at all
 * @param machines what of machines is counted; empty: nothing
 */
public record DemandCounts(List<MailGroup> mails, List<MachineGroup> machines) {

    /** Nothing is counted. */
    public static final DemandCounts NONE = new DemandCounts(List.of(), List.of());

    public DemandCounts {
        mails = List.copyOf(mails);
        machines = List.copyOf(machines);
    }

    List<Feed<?, DemandObservation>> feeds(Topics names) {
        var feeds = new ArrayList<Feed<?, DemandObservation>>();
        if (!mails.isEmpty()) {
            feeds.add(new MailCounts(names.mailScored(), mails));
        }
        List<MachineGroup> ofAlerts =
                machines.stream().filter(group -> group != MachineGroup.HOURS).toList();
        if (!ofAlerts.isEmpty()) {
            feeds.add(new AlertCounts(names.machineAlerts(), ofAlerts));
        }
        if (machines.contains(MachineGroup.HOURS)) {
            feeds.add(new MachineHours(names.machineScored()));
        }
        return feeds;
    }

    List<Topic<?>> topics(Topics names) {
        return feeds(names).stream().<Topic<?>>map(Feed::from).toList();
    }
}

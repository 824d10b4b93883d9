package dev.vorrang.scoring.demand;

import com.google.common.collect.AbstractIterator;
import dev.vorrang.scoring.demand.model.DemandPrediction;
import dev.vorrang.scoring.demand.model.DemandWindow;
import dev.vorrang.scoring.engine.Due;
import java.util.Optional;

/**
 * Closes the periods that are over, item by item, and asks for a forecast after each. Goes through the store, and has only a few items
 * at hand at a time. For one thread.
 */
final class Closing extends AbstractIterator<Due<DemandWindow, DemandPrediction>> implements AutoCloseable {

    private final DemandTask task;
    private final DemandStates states;
    private final DemandStates.Heads heads;
    private final long to;
    private final Trigger trigger;
    private ItemState item;

    /**
     * @param to number of the first period that is not over
     * @param trigger what ended them
     */
    Closing(DemandTask task, DemandStates states, long to, Trigger trigger) {
        this.task = task;
        this.states = states;
        this.to = to;
        this.trigger = trigger;
        this.heads = states.heads(task.isDueBefore(to));
    }

    @Override
    protected Due<DemandWindow, DemandPrediction> computeNext() {
        while (hasOpenPeriod() || nextItem()) {
            if (hasOpenPeriod()) {
                Optional<Due<DemandWindow, DemandPrediction>> due = task.close(item, trigger);
                if (due.isPresent()) {
                    return due.get();
                }
            }
        }
        return endOfData();
    }

    private boolean hasOpenPeriod() {
        return item != null && item.series().end() < task.endOf(item, to) && !task.isDiscontinued(item);
    }

    private boolean nextItem() {
        if (states.overfull()) {
            states.shrink();
        }
        item = null;
        for (var key = heads.next(); key.isPresent(); key = heads.next()) {
            item = states.find(key.get()).orElse(null);
            if (item != null) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        heads.close();
    }
}

package dev.vorrang.scoring.machine.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the sensors of a machine stand in its judgement, and which of them are judged against each other: first those that were known
 * before its first sample, in groups of their own, whether the machine has them or not; then the others in the order in which they
 * appear. For one thread.
 */
final class SensorPlaces {

    private static final int SIZE = CrossSensorModel.MAX_SENSORS;

    private final List<String> known;
    private final Map<String, Integer> placeOfKnown = new HashMap<>();
    private int[] places = {};
    private List<String> names;

    /** @param known names, each once */
    SensorPlaces(List<String> known) {
        this.known = List.copyOf(known);
        this.names = this.known;
        for (int i = 0; i < known.size(); i++) {
            placeOfKnown.put(known.get(i), i);
        }
    }

    List<String> known() {
        return known;
    }

    /** Names by place of all sensors so far. */
    List<String> names() {
        return names;
    }

    /**
     * Names by place.
     *
     * @param sensors names as the machine has them, of which it later has the same and perhaps more
     */
    List<String> names(List<String> sensors) {
        if (sensors.size() > places.length) {
            var all = new ArrayList<>(names);
            int before = places.length;
            places = Arrays.copyOf(places, sensors.size());
            for (int i = before; i < places.length; i++) {
                Integer place = placeOfKnown.get(sensors.get(i));
                places[i] = place == null ? all.size() : place;
                if (place == null) {
                    all.add(sensors.get(i));
                }
            }
            names = List.copyOf(all);
        }
        return names;
    }

    /** Values by place, NaN where the machine has no such sensor; of the sensors that {@link #names} was given last. */
    double[] arranged(double[] values) {
        if (known.isEmpty()) {
            return values;
        }
        var arranged = new double[names.size()];
        Arrays.fill(arranged, Double.NaN);
        for (int i = 0; i < values.length; i++) {
            arranged[places[i]] = values[i];
        }
        return arranged;
    }

    /** Shares of the machine's sensors, out of those by place. */
    float[] asOfMachine(float[] shares, int sensors) {
        if (known.isEmpty()) {
            return shares;
        }
        var own = new float[sensors];
        for (int i = 0; i < sensors; i++) {
            own[i] = shares[places[i]];
        }
        return own;
    }

    private int groupsOfKnown() {
        return (known.size() + SIZE - 1) / SIZE;
    }

    /** Groups that so many sensors are in. */
    int groups(int sensors) {
        return groupsOfKnown() + (Math.max(0, sensors - known.size()) + SIZE - 1) / SIZE;
    }

    /** First place of a group. */
    int from(int group) {
        int ofKnown = groupsOfKnown();
        return group < ofKnown ? group * SIZE : known.size() + (group - ofKnown) * SIZE;
    }

    /** Place after the last of a group, where there are so many sensors. */
    int to(int group, int sensors) {
        return Math.min(group < groupsOfKnown() ? known.size() : sensors, from(group) + SIZE);
    }
}

package dev.vorrang.scoring.machine;

import dev.vorrang.schemas.SensorReading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;

/** Readings as plants send them. */
public final class Readings {

    private Readings() {}

    /** Late, twice, ahead, with gaps, missing and impossible values, and sensors that come later. */
    public static List<SensorReading> of(String machine, long seed, int count) {
        var random = new Random(seed);
        var readings = new ArrayList<SensorReading>();
        long time = 0;
        long ahead = 0;
        for (int i = 0; i < count; i++) {
            time += random.nextInt(50) == 0 ? 40_000 : random.nextInt(700);
            if (i > 0 && random.nextInt(20) == 0) {
                readings.add(readings.get(random.nextInt(i)));
                continue;
            }
            var values = new HashMap<String, Double>();
            values.put("load", 10 + random.nextGaussian() + (i > 120 && i < 140 ? 15 : 0));
            values.put(
                    "heat",
                    random.nextInt(5) == 0 ? null : random.nextInt(30) == 0 ? Double.NaN : (double) random.nextInt(4));
            if (i > 100) {
                values.put("oil", i > 220 ? 1.0 : random.nextDouble());
            }
            ahead = random.nextInt(25) == 0 ? random.nextInt(3) * 72_000_000L : ahead;
            long at = random.nextInt(15) == 0 ? time - 5_000 : time + ahead;
            readings.add(Press.builder(at, values)
                    .setMachine(machine)
                    .setReceivedAt(i % 2 == 0 || i > count / 2 ? Instant.ofEpochMilli(time) : null)
                    .build());
        }
        return readings;
    }
}

package dev.vorrang.training.plant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulatedPlantTest {

    private static SimulatedPlant plant(List<FaultType> faults) {
        return new SimulatedPlant(
                5,
                Instant.parse("2026-03-02T00:00:00Z"),
                Duration.ofDays(7),
                Duration.ofMinutes(1),
                6,
                List.of(MachineType.values()),
                faults);
    }

    private static List<List<Double>> readings(SimulatedMachine machine, SimulatedPlant plant) {
        var all = new ArrayList<List<Double>>();
        for (int i = 0; i < plant.readings(); i++) {
            machine.next().ifPresent(values -> {
                var row = new ArrayList<Double>();
                for (double value : values.values()) {
                    row.add(value);
                }
                all.add(row);
            });
        }
        return all;
    }

    @Test
    void shouldReadTheSameForTheSameSeed() {
        SimulatedPlant plant = plant(List.of(FaultType.SPIKES, FaultType.DROPOUT));
        for (int i = 0; i < plant.machines(); i++) {
            assertThat(readings(plant.build().get(i), plant))
                    .isEqualTo(readings(plant.build().get(i), plant));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultType.class,
            names = {"SILENCE"},
            mode = EnumSource.Mode.EXCLUDE)
    void shouldDifferFromTheSameMachineWithoutTheFaultInItsSensorsAloneAndFromItsStart(FaultType fault) {
        SimulatedPlant plant = plant(List.of(fault));
        SimulatedMachine faulty = plant.build().get(0);
        SimulatedMachine well = plant(List.of()).build().get(0);
        PlantFault expected = faulty.faults().get(0);
        boolean differs = false;
        for (int i = 0; i < plant.readings(); i++) {
            var one = faulty.next().orElseThrow();
            var other = well.next().orElseThrow();
            for (int sensor = 0; sensor < one.values().length; sensor++) {
                if (Double.compare(one.values()[sensor], other.values()[sensor]) != 0) {
                    differs = true;
                    assertThat(one.time()).isAfterOrEqualTo(expected.start());
                    assertThat(expected.sensors()).contains(faulty.sensors().get(sensor));
                }
            }
        }
        assertThat(differs).isTrue();
    }

    @Test
    void shouldSendNothingForEightHours() {
        SimulatedPlant plant = plant(List.of(FaultType.SILENCE));

        assertThat(readings(plant.build().get(0), plant)).hasSize(plant.readings() - 8 * 60);
    }

    @Test
    void shouldStandOnSundays() {
        SimulatedPlant plant = SimulatedPlant.week(3);
        long standing = plant.build().stream()
                .filter(machine -> {
                    int place = machine.sensors().indexOf("speed");
                    double last = Double.NaN;
                    for (int i = 0; place >= 0 && i < 8_640 * 6.5; i++) {
                        last = machine.next().orElseThrow().values()[place];
                    }
                    return last == 0;
                })
                .count();

        assertThat(standing).isPositive();
    }
}

package dev.vorrang.training.plant;

import static dev.vorrang.training.plant.SimulatedSensor.ambient;
import static dev.vorrang.training.plant.SimulatedSensor.fast;
import static dev.vorrang.training.plant.SimulatedSensor.power;
import static dev.vorrang.training.plant.SimulatedSensor.warm;

import java.util.List;

/** Kinds of simulated machines, each with sensors of its own. */
public enum MachineType {
    COMPRESSOR(
            List.of(
                    fast("current", 0, 9, 34, 0.3),
                    fast("pressure", 0, 6.4, 7.6, 0.05),
                    fast("flow", 0, 1.5, 11, 0.12),
                    warm("discharge_temp", 45, 92, 900, 0.3),
                    warm("oil_temp", 38, 66, 2_400, 0.15),
                    power("vibration", 0.9, 2.4, 1.5, 0.06).restless(),
                    ambient("inlet_temp", 0.1),
                    fast("speed", 0, 900, 2_950, 6),
                    fast("oil_pressure", 0, 2.1, 3.4, 0.03)),
            List.of("pressure", "flow"),
            List.of("discharge_temp", "oil_temp")),
    PUMP(
            List.of(
                    fast("flow", 0, 4, 46, 0.5),
                    power("pressure", 1.2, 5.8, 2, 0.04),
                    fast("suction_pressure", 1.1, 1.0, 0.7, 0.01),
                    power("current", 2, 12.5, 2, 0.1),
                    fast("speed", 0, 400, 1_480, 4),
                    warm("bearing_temp_de", 32, 58, 1_800, 0.15),
                    warm("bearing_temp_nde", 30, 51, 2_100, 0.15),
                    power("vibration", 0.6, 1.9, 1, 0.07).restless(),
                    warm("fluid_temp", 24, 31, 3_600, 0.1)),
            List.of("pressure", "flow"),
            List.of("bearing_temp_de", "bearing_temp_nde")),
    PRESS(
            List.of(
                    fast("force", 0, 20, 480, 5),
                    fast("oil_pressure", 0, 60, 196, 1.6),
                    fast("oil_flow", 0, 8, 31, 0.4),
                    warm("oil_temp", 34, 49, 3_000, 0.2),
                    warm("motor_temp", 36, 71, 1_500, 0.3),
                    fast("current", 0, 14, 62, 0.8),
                    power("vibration", 0.5, 3.1, 1.3, 0.1).restless(),
                    fast("cycle_time", 0, 9.5, 6.1, 0.06),
                    ambient("cabinet_temp", 0.2)),
            List.of("oil_pressure", "oil_flow"),
            List.of("oil_temp", "motor_temp")),
    OVEN(
            List.of(
                    warm("zone1_temp", 160, 210, 600, 0.6),
                    warm("zone2_temp", 170, 228, 700, 0.6),
                    warm("zone3_temp", 150, 204, 650, 0.6),
                    power("heating_power", 12, 48, 1, 0.5),
                    fast("fan_current", 0, 5.2, 7.9, 0.06),
                    fast("air_pressure", 0, 180, 260, 2.5),
                    fast("air_flow", 0, 900, 1_650, 15),
                    fast("belt_speed", 0, 0.4, 1.8, 0.008),
                    warm("exhaust_temp", 80, 126, 1_200, 0.7)),
            List.of("air_pressure", "air_flow"),
            List.of("zone1_temp", "zone2_temp")),
    SPINDLE(
            List.of(
                    fast("speed", 0, 1_200, 11_800, 25),
                    power("current", 3, 21, 1.4, 0.3),
                    power("torque", 2, 38, 1.2, 0.6),
                    power("vibration", 0.4, 2.2, 1.6, 0.08).restless(),
                    warm("bearing_temp", 29, 47, 1_000, 0.15),
                    warm("motor_temp", 31, 62, 1_700, 0.2),
                    fast("coolant_pressure", 0, 18, 32, 0.25),
                    fast("coolant_flow", 0, 9, 21, 0.2),
                    warm("coolant_temp", 22, 27, 2_700, 0.1)),
            List.of("coolant_pressure", "coolant_flow"),
            List.of("bearing_temp", "motor_temp")),
    VENTILATOR(
            List.of(
                    power("current", 4, 18, 2.5, 0.15),
                    fast("speed", 0, 300, 1_150, 4),
                    power("duct_pressure", 60, 420, 2, 4),
                    fast("air_flow", 0, 2_100, 8_800, 60),
                    fast("damper", 0, 20, 85, 0.5),
                    ambient("supply_temp", 0.15),
                    warm("motor_temp", 28, 55, 1_600, 0.2),
                    warm("bearing_temp", 26, 44, 1_300, 0.15),
                    power("vibration", 0.3, 1.4, 2, 0.05).restless()),
            List.of("duct_pressure", "air_flow"),
            List.of("motor_temp", "bearing_temp"));

    private final List<SimulatedSensor> sensors;
    private final List<String> leaking;
    private final List<String> alike;

    /**
     * @param leaking the pressure and the flow that a leak parts
     * @param alike two sensors that can be swapped
     */
    MachineType(List<SimulatedSensor> sensors, List<String> leaking, List<String> alike) {
        this.sensors = sensors;
        this.leaking = leaking;
        this.alike = alike;
    }

    List<SimulatedSensor> sensors() {
        return sensors;
    }

    List<String> leaking() {
        return leaking;
    }

    List<String> alike() {
        return alike;
    }

    /** Place of a sensor. */
    int place(String sensor) {
        for (int i = 0; i < sensors.size(); i++) {
            if (sensors.get(i).name().equals(sensor)) {
                return i;
            }
        }
        throw new IllegalArgumentException(sensor + ": no sensor of " + this);
    }
}

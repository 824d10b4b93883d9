package dev.vorrang.scoring.machine;

import dev.vorrang.schemas.Acceptance;
import dev.vorrang.schemas.AlertKind;
import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Reason;
import dev.vorrang.scoring.machine.judge.Judgement;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The alerts of one machine: those of models, one open at most of each kind, and those of its judgement. For one thread. */
final class Alerts {

    /** Steps whose false-alarm rate is up to so many times that of the threshold come near it, and not by more than so much above. */
    private static final double MORE_TIMES = 10;

    private static final double MORE = 0.1;

    /** As does an expected life that is above the limit by up to this part of it. */
    private static final double LIFE_MARGIN = 0.2;

    private static final int VERSION_1_KINDS = 4;
    private static final List<AlertKind> KINDS = List.of(
            AlertKind.ANOMALY,
            AlertKind.FAULT,
            AlertKind.REMAINING_LIFE,
            AlertKind.STUCK_SENSOR,
            AlertKind.LATE_READINGS,
            AlertKind.CLOCK);

    static final Reason MAINTENANCE = AlertReason.MAINTENANCE.of("maintenance", Map.of());
    private static final Reason LATE = AlertReason.LATE_READINGS.of(
            "most readings are late and are not scored; check the clock of the machine or gateway", Map.of());
    private static final Reason CLOCK = AlertReason.CLOCK.of(
            "most readings have a time later than their receipt; check the clock of the machine or gateway, and its time zone",
            Map.of());

    private final String machine;
    private final String type;
    private final AlertSettings settings;
    private final JudgedAlerts judged;
    private final Map<AlertKind, AlertTrack> tracks = new EnumMap<>(AlertKind.class);

    /** @param type of the machine, empty where it has none */
    Alerts(String machine, String type, AlertSettings settings) {
        this.machine = machine;
        this.type = type;
        this.settings = settings;
        this.judged = new JudgedAlerts(machine, type);
        for (AlertKind kind : KINDS) {
            boolean counted = kind == AlertKind.LATE_READINGS || kind == AlertKind.CLOCK;
            tracks.put(kind, new AlertTrack(counted ? settings.atOnce() : settings, kind == AlertKind.ANOMALY));
        }
    }

    /**
     * Changes that a step makes, or a reading that is none as it is late or ahead. In maintenance nothing counts, and what is open is
     * cleared.
     */
    List<MachineAlert> step(PendingStep pending, List<Finding> findings, boolean maintenance, Position position) {
        Step step = pending.step();
        var changes = new ArrayList<MachineAlert>();
        Optional<Finding.RemainingLife> life = life(findings);
        if (maintenance) {
            tracks.forEach((kind, track) -> {
                if (track.close()) {
                    changes.add(
                            alert(kind, AlertState.CLEARED, track, step.time(), life, position, List.of(MAINTENANCE)));
                }
            });
            return changes;
        }
        signs(pending, findings).forEach((kind, sign) -> {
            AlertTrack track = tracks.get(kind);
            track.step(step.time(), sign)
                    .ifPresent(state -> changes.add(
                            alert(kind, state, track, step.time(), life, position, reasons(kind, track, life))));
        });
        return changes;
    }

    /** @param maintenance whether it is cleared since the machine is in maintenance */
    MachineAlert judged(Judgement.Change change, boolean maintenance, Position position) {
        return maintenance ? judged.of(change, MAINTENANCE, position) : judged.of(change, position);
    }

    /** Clears an alert of the judgement that somebody has taken as normal. */
    MachineAlert accepted(Judgement.Change change, Acceptance acceptance, Position position) {
        return judged.of(change, reason(acceptance), position);
    }

    /** Whether an acceptance is about an alert of the judgement. */
    boolean isAbout(Acceptance acceptance, Judgement.Change change) {
        return acceptance.getAlert() == null || acceptance.getAlert().equals(judged.id(change));
    }

    /** Clears the open anomalies and stuck sensors of models that an acceptance is about. */
    List<MachineAlert> accept(Acceptance acceptance, long time, Position position) {
        var changes = new ArrayList<MachineAlert>();
        for (AlertKind kind : List.of(AlertKind.ANOMALY, AlertKind.STUCK_SENSOR)) {
            AlertTrack track = tracks.get(kind);
            String id = id(machine, kind, track.start(), "");
            if ((acceptance.getAlert() == null || acceptance.getAlert().equals(id)) && track.close()) {
                changes.add(alert(
                        kind,
                        AlertState.CLEARED,
                        track,
                        time,
                        Optional.empty(),
                        position,
                        List.of(reason(acceptance))));
            }
        }
        return changes;
    }

    private static Reason reason(Acceptance acceptance) {
        String why = acceptance.getReason().isEmpty() ? "" : ": " + acceptance.getReason();
        return AlertReason.ACCEPTED.of(
                "accepted as normal by " + acceptance.getBy() + why,
                new TreeMap<>(Map.of("by", acceptance.getBy(), "reason", acceptance.getReason())));
    }

    private Map<AlertKind, Sign> signs(PendingStep pending, List<Finding> findings) {
        var signs = new EnumMap<AlertKind, Sign>(AlertKind.class);
        signs.put(AlertKind.LATE_READINGS, pending.times().late());
        signs.put(AlertKind.CLOCK, pending.times().ahead());
        if (pending.unscored().isPresent()) {
            return signs;
        }
        for (Finding finding : findings) {
            if (finding instanceof Finding.Anomaly anomaly) {
                // A threshold that was set holds; else a model's alerts count until enough is known of the machine.
                boolean counts =
                        !pending.judgement().warm() || settings.anomaly().isPresent();
                signs.put(AlertKind.ANOMALY, counts ? sign(anomaly) : Sign.of(false, false, 0));
            } else if (finding instanceof Finding.Fault fault) {
                signs.put(AlertKind.FAULT, sign(fault));
            } else if (finding instanceof Finding.RemainingLife life) {
                double below = 1 - life.expected() / settings.remainingLife();
                signs.put(AlertKind.REMAINING_LIFE, Sign.of(below > 0, below > -LIFE_MARGIN, Math.max(0, below)));
            }
        }
        List<String> stuck = pending.judgement().warm() ? List.of() : pending.stuck();
        var shares = new HashMap<String, Float>();
        stuck.forEach(sensor -> shares.put(sensor, 1f / stuck.size()));
        signs.put(
                AlertKind.STUCK_SENSOR,
                new Sign(!stuck.isEmpty(), false, stuck.isEmpty() ? 0 : 1, shares, Optional.empty()));
        return signs;
    }

    private Sign sign(Finding.Anomaly anomaly) {
        double threshold = settings.anomaly().orElse(anomaly.threshold());
        double rate = 1 - threshold;
        boolean near = 1 - anomaly.score() <= Math.min(MORE_TIMES * rate, rate + MORE);
        if (!near) {
            return Sign.of(false, false, anomaly.score());
        }
        var shares = new HashMap<String, Float>();
        for (int i = 0; i < anomaly.shares().length; i++) {
            if (anomaly.shares()[i] > 0) {
                shares.put(anomaly.sensors().get(i), anomaly.shares()[i]);
            }
        }
        return new Sign(anomaly.score() >= threshold, true, anomaly.score(), shares, Optional.empty());
    }

    private boolean isNormal(Finding.Fault fault, String label) {
        return fault.normal().contains(label) || settings.normal().contains(label);
    }

    /** The most probable condition that is no normal one. */
    private Sign sign(Finding.Fault fault) {
        if (fault.labels().stream().noneMatch(label -> isNormal(fault, label))) {
            return Sign.of(false, false, 0);
        }
        int worst = -1;
        for (int i = 0; i < fault.probabilities().length; i++) {
            boolean normal = isNormal(fault, fault.labels().get(i));
            if (!normal && (worst < 0 || fault.probabilities()[i] > fault.probabilities()[worst])) {
                worst = i;
            }
        }
        if (worst < 0 || fault.probabilities()[worst] < settings.fault()) {
            return Sign.of(false, worst >= 0 && fault.probabilities()[worst] >= settings.fault() / 2, 0);
        }
        return new Sign(
                true,
                true,
                fault.probabilities()[worst],
                Map.of(),
                Optional.of(fault.labels().get(worst)));
    }

    private static Optional<Finding.RemainingLife> life(List<Finding> findings) {
        return findings.stream()
                .filter(Finding.RemainingLife.class::isInstance)
                .map(Finding.RemainingLife.class::cast)
                .findFirst();
    }

    private List<Reason> reasons(AlertKind kind, AlertTrack track, Optional<Finding.RemainingLife> life) {
        return switch (kind) {
            case ANOMALY ->
                List.of(sensors(
                        AlertReason.ANOMALY,
                        track.sensors().size() > 1 ? "anomalous; main contributors: " : "anomalous; main contributor: ",
                        track));
            case FAULT ->
                track.fault().stream()
                        .map(fault -> AlertReason.FAULT.of("fault: " + fault, Map.of("fault", fault)))
                        .toList();
            case REMAINING_LIFE -> life.stream().map(this::belowLimit).toList();
            case STUCK_SENSOR -> List.of(sensors(AlertReason.STUCK_SENSOR, "repeats one value: ", track));
            case LATE_READINGS -> List.of(LATE);
            case CLOCK -> List.of(CLOCK);
            case DROPOUT, SPIKES, SILENT -> throw new IllegalStateException(kind + " comes from the judgement alone");
        };
    }

    private static Reason sensors(AlertReason reason, String words, AlertTrack track) {
        String sensors = String.join(", ", track.sensors().keySet());
        return reason.of(words + sensors, Map.of("sensors", sensors));
    }

    private Reason belowLimit(Finding.RemainingLife life) {
        String expected = Long.toString(Math.round(life.expected()));
        String limit = Double.toString(settings.remainingLife());
        return AlertReason.REMAINING_LIFE.of(
                "expected remaining life is " + expected + ", the limit " + limit,
                new TreeMap<>(Map.of("expected", expected, "limit", limit)));
    }

    private MachineAlert alert(
            AlertKind kind,
            AlertState state,
            AlertTrack track,
            long time,
            Optional<Finding.RemainingLife> life,
            Position position,
            List<Reason> reasons) {
        return MachineAlert.newBuilder()
                .setId(id(machine, kind, track.start(), ""))
                .setMachine(machine)
                .setType(type)
                .setKind(kind)
                .setState(state)
                .setStart(Instant.ofEpochMilli(track.start()))
                .setTime(Instant.ofEpochMilli(time))
                .setPeak(track.peak())
                .setPeakTime(Instant.ofEpochMilli(track.peakTime()))
                .setSensors(track.sensors())
                .setFault(track.fault().orElse(null))
                .setRul(life.map(Finding.RemainingLife::expected).orElse(null))
                .setRulQuantiles(life.map(Alerts::quantiles).orElse(Map.of()))
                .setReasons(reasons.stream().map(Reason::getText).toList())
                .setReasonDetails(reasons)
                .setPosition(position)
                .build();
    }

    static Map<String, Double> quantiles(Finding.RemainingLife life) {
        var quantiles = new TreeMap<String, Double>();
        for (int i = 0; i < life.levels().length; i++) {
            quantiles.put(Double.toString(life.levels()[i]), life.quantiles()[i]);
        }
        return quantiles;
    }

    /** @param about tells it from others of the kind with the same start; may be empty */
    static String id(String machine, AlertKind kind, long start, String about) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((machine + '\n' + kind + '\n' + start + (about.isEmpty() ? "" : '\n' + about))
                            .getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(tracks.size());
        for (AlertTrack track : tracks.values()) {
            track.write(out);
        }
    }

    /** @param version of the state */
    void read(DataInput in, int version) throws IOException {
        int known = version == 1
                ? VERSION_1_KINDS
                : StateChecks.check(in.readInt(), tracks.size(), "number of alert kinds");
        for (AlertKind kind : List.copyOf(tracks.keySet()).subList(0, known)) {
            tracks.get(kind).read(in);
        }
    }
}

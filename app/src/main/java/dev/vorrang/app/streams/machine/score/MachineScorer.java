package dev.vorrang.app.streams.machine.score;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.text.ForeignText;
import dev.vorrang.scoring.engine.ModelCalls;
import dev.vorrang.scoring.engine.Prediction;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.engine.batch.Outcome;
import dev.vorrang.scoring.machine.IdPages;
import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.machine.MachineState;
import dev.vorrang.scoring.machine.MachineTypes;
import dev.vorrang.scoring.machine.ModelInput;
import dev.vorrang.scoring.machine.PendingStep;
import dev.vorrang.scoring.machine.StepScorer;
import dev.vorrang.training.machine.MachineRow;
import dev.vorrang.training.machine.MachineRows;
import java.io.IOException;
import java.io.Writer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Scores the rows of a file as the stream scores readings, each seeing only the rows of its machine and group up to it, and hands on
 * each score, or writes it as a line of JSON, in their order. For one thread.
 */
public final class MachineScorer {

    private static final int BATCH = 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<MachineModel> models;
    private final MachineTypes types;
    private final Clock clock;
    private final Alerted alerts;
    private final Map<List<String>, MachineState> states = new HashMap<>();
    private final List<Waiting> batch = new ArrayList<>(BATCH);

    /** Takes the changes of alerts. */
    @FunctionalInterface
    public interface Alerted {

        /**
         * @param row that led to it, after its score
         * @param alert a change of an alert
         * @throws IOException if it cannot be taken
         */
        void accept(MachineRow row, MachineAlert alert) throws IOException;
    }

    /** Takes the scores. */
    @FunctionalInterface
    public interface Scored {

        /**
         * @param row a row
         * @param score what the models say of it
         * @throws IOException if it cannot be taken
         */
        void accept(MachineRow row, MachineScore score) throws IOException;

        /**
         * Hears of a row for which a model fails; by default that ends it all.
         *
         * @throws IOException if it cannot be taken
         */
        default void failed(MachineRow row, RuntimeException cause) throws IOException {
            throw cause;
        }
    }

    private record Waiting(MachineRow row, MachineState state, PendingStep pending) {}

    /**
     * @param types what holds for each machine
     * @param alerts hears of the alerts that the stream would raise, update and clear
     */
    public MachineScorer(List<MachineModel> models, MachineTypes types, Clock clock, Alerted alerts) {
        this.alerts = alerts;
        this.models = List.copyOf(models);
        this.types = types;
        this.clock = clock;
    }

    /**
     * Writes a line for each row.
     *
     * @param scored hears the number of rows of each batch, once it is written
     * @return number of rows
     * @throws IOException if writing fails
     */
    public long score(MachineRows rows, Writer out, IntConsumer scored) throws IOException {
        var lines = new Scored() {
            @Override
            public void accept(MachineRow row, MachineScore score) throws IOException {
                out.write(line(row, score));
                out.write('\n');
            }

            @Override
            public void failed(MachineRow row, RuntimeException cause) throws IOException {
                out.write(line(row, cause));
                out.write('\n');
            }
        };
        return score(rows, lines, scored);
    }

    /**
     * Hands on the score of each row that closed a step: all but those that repeat the time of the row before.
     *
     * @param scored hears the number of rows of each batch, once it is handed on
     * @return number of rows
     * @throws IOException if that is what out throws
     */
    public long score(MachineRows rows, Scored out, IntConsumer scored) throws IOException {
        long count = 0;
        try (var calls = ModelCalls.standalone(new StepScorer(models, BatchSettings.defaults()))) {
            while (rows.hasNext()) {
                MachineRow row = rows.next();
                MachineState state = states.computeIfAbsent(
                        List.of(row.machine(), row.group()),
                        any -> new MachineState(row.machine(), types.of(row.machine()), models, IdPages.inMemory()));
                count++;
                state.accept(row.reading()).ifPresent(pending -> batch.add(new Waiting(row, state, pending)));
                if (batch.size() == BATCH) {
                    flush(calls, out, scored);
                }
            }
            flush(calls, out, scored);
        }
        return count;
    }

    private void flush(ModelCalls<List<Optional<ModelInput>>, List<float[]>> calls, Scored out, IntConsumer scored)
            throws IOException {
        var outcomes = calls.score(
                () -> "scoring " + batch.size() + " rows",
                batch.stream().map(waiting -> waiting.pending().inputs()).toList());
        for (int i = 0; i < batch.size(); i++) {
            Waiting waiting = batch.get(i);
            if (outcomes.get(i) instanceof Outcome.Scored<Prediction<List<float[]>>> answer) {
                var position = new Position("score", 0, waiting.row().line());
                var result = waiting.state().conclude(waiting.pending(), answer.score(), position, clock.instant());
                out.accept(waiting.row(), result.score());
                for (MachineAlert alert : result.alerts()) {
                    alerts.accept(waiting.row(), alert);
                }
            } else if (outcomes.get(i) instanceof Outcome.Failed<Prediction<List<float[]>>> failed) {
                out.failed(waiting.row(), failed.cause());
            }
        }
        scored.accept(batch.size());
        batch.clear();
    }

    private static String line(MachineRow row, RuntimeException cause) throws IOException {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("machine", row.machine());
        fields.put("time", row.time());
        fields.put("error", ForeignText.lines(String.valueOf(cause.getMessage())));
        return JSON.writeValueAsString(fields);
    }

    /** What no model in use says is null. */
    private static String line(MachineRow row, MachineScore score) throws IOException {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("machine", score.getMachine());
        if (!row.group().isEmpty()) {
            fields.put("group", row.group());
        }
        fields.put("time", row.time());
        fields.put("status", score.getStatus().name());
        fields.put("anomaly", score.getAnomaly());
        fields.put("sensors", score.getSensors().isEmpty() ? null : score.getSensors());
        fields.put("fault", score.getFault().isEmpty() ? null : score.getFault());
        fields.put("rul", score.getRul());
        fields.put("rulQuantiles", score.getRulQuantiles().isEmpty() ? null : score.getRulQuantiles());
        if (!score.getNotes().isEmpty()) {
            fields.put("notes", score.getNotes());
        }
        return JSON.writeValueAsString(fields);
    }
}

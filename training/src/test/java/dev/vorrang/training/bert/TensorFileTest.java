package dev.vorrang.training.bert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.training.bert.TensorFile.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

class TensorFileTest {

    @TempDir
    private Path folder;

    @Test
    void shouldReadWhatItWrote() throws IOException {
        Path file = folder.resolve("some.safetensors");
        var tensors = new LinkedHashMap<String, Values>();
        tensors.put("a", new Values(Shape.of(2, 3), new float[] {0, 1, -2, 0.5f, 3.140625f, -1e20f}));
        tensors.put("b", new Values(Shape.of(1), new float[] {0.1f}));
        TensorFile.write(file, tensors);
        Map<String, Values> read = TensorFile.read(file);
        assertThat(read).containsOnlyKeys("a", "b");
        assertThat(read.get("a").shape()).isEqualTo(Shape.of(2, 3));
        // These have eight bits or fewer, but for the last.
        assertThat(read.get("a").values()).startsWith(0, 1, -2, 0.5f, 3.140625f);
        assertThat(read.get("a").values()[5]).isCloseTo(-1e20f, Offset.offset(4e17f));
        assertThat(read.get("b").values()[0]).isCloseTo(0.1f, Offset.offset(2e-4f));
    }

    @Test
    void shouldRoundToTheNearest() {
        assertThat(TensorFile.bfloat16(1 + 1 / 512f + 1 / 4096f)).isEqualTo((short) (0x3F80));
        assertThat(TensorFile.bfloat16(1 + 3 / 512f)).isEqualTo((short) (0x3F81));
        assertThat(TensorFile.bfloat16(1 + 7 / 1024f)).isEqualTo((short) (0x3F81));
    }

    @Test
    void shouldSayWhatIsNoSuchFile() throws IOException {
        Path file = Files.writeString(folder.resolve("other"), "this is a text and no file of tensors");
        assertThatThrownBy(() -> TensorFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("other");
    }

    @Test
    void shouldSayWhatIsTooShort() throws IOException {
        Path file = folder.resolve("short.safetensors");
        TensorFile.write(file, Map.of("a", new Values(Shape.of(4), new float[4])));
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 2));
        assertThatThrownBy(() -> TensorFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged");
    }
}

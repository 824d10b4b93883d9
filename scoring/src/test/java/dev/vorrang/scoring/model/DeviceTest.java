package dev.vorrang.scoring.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.model.MailModel;
import dev.vorrang.scoring.mail.model.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;

/** Models on devices, as far as a machine without a GPU can tell. */
class DeviceTest {

    private static final Device CPU = Device.of("cpu");
    private static final ModelOptions PLAIN =
            new ModelOptions(List.of(1), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());

    @TempDir
    private Path folder;

    @Test
    void shouldReadWhatItWrites() {
        assertThat(Device.of("gpu:12")).hasToString("gpu:12").isEqualTo(new Device(Device.Type.GPU, 12));
        assertThat(CPU).hasToString("cpu");
        assertThatThrownBy(() -> Device.of("gpu")).hasMessage("device 'gpu': allowed is cpu, or gpu: and its number");
        assertThatThrownBy(() -> new Device(Device.Type.CPU, 1))
                .hasMessage("number 1: allowed is 0 to 999 for a GPU, 0 for the CPU");
    }

    @Test
    void shouldLetTheMemoryOfGpusGrowUnlessAShareIsAskedFor() {
        var config = SessionConfig.of(PLAIN);
        assertThat(config.getGpuOptions().getAllowGrowth()).isTrue();
        assertThat(config.getAllowSoftPlacement()).isTrue();
        assertThat(config.getGpuOptions().getVisibleDeviceList())
                .as("sessions may not differ in it")
                .isEmpty();

        var half = new ModelOptions(
                List.of(), OptionalInt.of(3), List.of(), OptionalDouble.of(0.5), Optional.empty(), true);
        var other = SessionConfig.of(half);
        assertThat(other.getGpuOptions().getAllowGrowth()).isFalse();
        assertThat(other.getGpuOptions().getPerProcessGpuMemoryFraction()).isEqualTo(0.5);
        assertThat(other.getIntraOpParallelismThreads()).isEqualTo(3);
    }

    @Test
    void shouldMarkEveryNodeWithItsDevice() throws IOException {
        TinyModel.write(folder);

        var placed = SavedModel.parseFrom(
                DevicePlacement.placed(Files.readAllBytes(folder.resolve("saved_model.pb")), Device.of("gpu:1")));

        assertThat(placed.getMetaGraphs(0).getGraphDef().getNodeList())
                .isNotEmpty()
                .extracting(NodeDef::getDevice)
                .containsOnly("/device:GPU:1");
    }

    @Test
    void shouldScoreAlikeOnEachCopyAndFromEachThread() throws Exception {
        TinyModel.write(folder);
        var mails = List.of(new MailText("subject is longer", "body"), new MailText("", "body"));
        var threads = Executors.newFixedThreadPool(4);
        try (var plain = MailModel.load(folder, PLAIN);
                var copies = MailModel.load(folder, PLAIN.withDevices(List.of(CPU, CPU, CPU)))) {
            Callable<List<float[]>> call = () -> copies.apply(mails).stream()
                    .map(each -> each.topic().orElseThrow().probabilities())
                    .toList();
            var expected = plain.apply(mails);
            for (var result :
                    threads.invokeAll(IntStream.range(0, 40).mapToObj(i -> call).toList())) {
                for (int mail = 0; mail < mails.size(); mail++) {
                    assertThat(result.get().get(mail))
                            .isEqualTo(expected.get(mail).topic().orElseThrow().probabilities());
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void shouldLeaveTheModelItselfAsItIs() throws IOException {
        TinyModel.write(folder);
        try (var model = MailModel.load(folder, PLAIN.withDevices(List.of(CPU)))) {
            assertThat(model.apply(List.of(new MailText("a", "b")))).hasSize(1);
        }

        assertThat(folder.resolve("variables")).isNotEmptyDirectory();
    }

    @Test
    void shouldRefuseAGpuThatIsNotThere() throws IOException {
        assumeThat(TensorFlowLibrary.devices())
                .noneMatch(device -> device.name().startsWith("GPU"));
        TinyModel.write(folder);

        assertThatThrownBy(() -> MailModel.load(folder, PLAIN.withDevices(List.of(CPU, Device.of("gpu:1")))))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessage(
                        "model at " + folder + " is to be put onto gpu:1, but TensorFlow sees CPU:0 only. On a GPU run"
                                + " with VORRANG_GPU=1 (Linux, CUDA 12, cuDNN 9); else name cpu, or no device");
    }
}

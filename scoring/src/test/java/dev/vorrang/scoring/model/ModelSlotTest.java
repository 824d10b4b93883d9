package dev.vorrang.scoring.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.scoring.mail.MailText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelSlotTest {

    private static final List<MailText> SUBJECT_WINS = List.of(new MailText("x".repeat(90), ""));

    @TempDir
    private Path folder;

    @Test
    void shouldKeepTheOneBeforeWhenTheNewOneIsRefused() throws IOException {
        Path first = folder.resolve("1");
        TinyModel.write(first);
        Path second = folder.resolve("2");
        TinyModel.write(second);
        Files.delete(second.resolve("saved_model.pb"));
        try (var slot = new ModelSlot(MailModel.load(first, ModelOptions.defaults()))) {
            assertThatThrownBy(() -> slot.replace(second, ModelOptions.defaults()))
                    .isInstanceOf(ModelRefusedException.class);
            assertThat(label(slot)).isEqualTo("subject");
        }
    }

    @Test
    void shouldReplaceTheModelWhileItScores() throws Exception {
        Path first = folder.resolve("1");
        TinyModel.write(first);
        Path second = folder.resolve("2");
        TinyModel.write(second, -0.01f);
        var stop = new AtomicBoolean();
        var thread = Executors.newSingleThreadExecutor();
        try (var slot = new ModelSlot(MailModel.load(first, ModelOptions.defaults()))) {
            var scoring = thread.submit(() -> {
                while (!stop.get()) {
                    slot.apply(SUBJECT_WINS);
                }
            });
            for (int swap = 0; swap < 5; swap++) {
                slot.replace(swap % 2 == 0 ? second : first, ModelOptions.defaults());
            }
            stop.set(true);
            scoring.get();
            assertThat(label(slot)).as("the second model prefers the shorter").isEqualTo("body");
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void shouldRefuseWorkOnceClosed() throws IOException {
        TinyModel.write(folder);
        var slot = new ModelSlot(MailModel.load(folder, ModelOptions.defaults()));
        slot.close();
        slot.close();
        assertThatThrownBy(() -> slot.apply(SUBJECT_WINS)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> slot.replace(folder, ModelOptions.defaults()))
                .isInstanceOf(IllegalStateException.class);
    }

    private static String label(ModelSlot slot) {
        return slot.apply(SUBJECT_WINS).get(0).topic().orElseThrow().label();
    }
}

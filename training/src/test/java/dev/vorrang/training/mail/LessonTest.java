package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LessonTest {

    @Test
    void shouldLearnOnWhileTheLossStaysAsLow() {
        // Four thousandths of what was learned, 4.3 - 0.3, are 0.016.
        var losses = new TreeMap<>(Map.of(1, 0.5, 2, 0.3, 3, 0.3159, 4, 0.3161));
        assertThat(Lesson.lastAsLow(losses, 4.3)).isEqualTo(3);
    }

    @Test
    void shouldStopAtTheLeastLossWhereLittleIsLearned() {
        var losses = new TreeMap<>(Map.of(1, 1.0, 2, 0.9, 3, 0.901));
        assertThat(Lesson.lastAsLow(losses, Math.log(3))).isEqualTo(2);
    }

    @Test
    void shouldTakeTheBestOfALossThatIsWorseThanBlind() {
        assertThat(Lesson.lastAsLow(new TreeMap<>(Map.of(1, 1.3, 2, 1.2, 3, 1.25)), Math.log(3)))
                .isEqualTo(2);
    }
}

package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LessonTest {

    @Test
    void shouldTakeTheMiddleOfWhatIsAsLowAndSomeMore() {
        // Four thousandths of what was learned, 4.3 - 0.3, are 0.016; the middle of 5 and 20 is 10.
        var losses = new TreeMap<>(Map.of(4, 0.3161, 5, 0.3159, 12, 0.3, 20, 0.3159, 21, 0.3161));
        assertThat(Lesson.bestPasses(losses, 4.3)).isEqualTo(14);
    }

    @Test
    void shouldKeepToTheLeastLossWhereLittleIsLearned() {
        var losses = new TreeMap<>(Map.of(5, 1.0, 10, 0.9, 15, 0.901));
        assertThat(Lesson.bestPasses(losses, Math.log(3))).isEqualTo(14);
    }

    @Test
    void shouldTakeTheBestOfALossThatIsWorseThanBlind() {
        assertThat(Lesson.bestPasses(new TreeMap<>(Map.of(5, 1.3, 10, 1.2, 15, 1.25)), Math.log(3)))
                .isEqualTo(14);
    }
}

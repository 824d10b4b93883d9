package dev.vorrang.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class FrameTest {

    private static final Frame FRAME = new Frame(
            new Cells(false),
            List.of(new AttributedString("title"), new AttributedString("header")),
            List.of(new AttributedString("figures"), AttributedString.EMPTY));

    private static List<String> drawn(int rows, int height) {
        return FRAME
                .around(
                        IntStream.range(0, rows).boxed().toList(),
                        rows,
                        row -> new AttributedString("row " + row),
                        80,
                        height)
                .stream()
                .map(line -> line.toString().strip())
                .toList();
    }

    @Test
    void shouldShowRowsInsteadOfFiguresWhereThereIsRoomForFew() {
        assertThat(drawn(8, 6)).containsExactly("title", "header", "row 0", "row 1", "… and 6 less pressing", "");
        assertThat(drawn(2, 5)).containsExactly("title", "header", "row 0", "row 1", "");
        assertThat(drawn(8, 2)).containsExactly("title", "header");
    }

    @Test
    void shouldShowFiguresWhereThereIsRoom() {
        assertThat(drawn(8, 7))
                .containsExactly("title", "header", "row 0", "row 1", "… and 6 less pressing", "figures", "");
        assertThat(drawn(2, 6)).containsExactly("title", "header", "row 0", "row 1", "figures", "");
    }
}

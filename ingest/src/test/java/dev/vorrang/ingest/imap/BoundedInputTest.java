package dev.vorrang.ingest.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BoundedInputTest {

    private static BoundedInput input(String text, long allowance) {
        return new BoundedInput(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)), allowance);
    }

    private static String read(BoundedInput in, int step) throws IOException {
        var read = new StringBuilder();
        var bytes = new byte[step];
        for (int count = in.read(bytes, 0, step); count >= 0; count = in.read(bytes, 0, step)) {
            read.append(new String(bytes, 0, count, StandardCharsets.US_ASCII));
        }
        return read.toString();
    }

    @Property(tries = 50)
    void shouldRefuseALiteralBeforeItsFirstByte(@ForAll @IntRange(min = 1, max = 40) int step) {
        for (var size : new String[] {"101", "2147483647", "99999999999999999999999"}) {
            assertThatThrownBy(() -> read(input("* 1 FETCH (BODY[] {" + size + "}\r\n", 100), step))
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching("the server announces \\d+ bytes where at most 100 are allowed");
        }
    }

    @Property(tries = 50)
    void shouldNotTakeForALiteralWhatIsWithinOne(@ForAll @IntRange(min = 1, max = 40) int step) throws IOException {
        var text = "* 1 FETCH (BODY[] {14}\r\nab{2147483647}\r\nX {3}\r\nabc)\r\n{99999} is none\r\n";
        // 14 bytes end before the last brace.
        assertThat(read(input(text, 200), step)).isEqualTo(text);
    }

    @Property(tries = 50)
    void shouldRefuseAnAnswerWithoutEnd(@ForAll @IntRange(min = 1, max = 40) int step) throws IOException {
        var in = input("x".repeat(150), 100);
        assertThatThrownBy(() -> read(in, step))
                .hasMessage("the server sends more than 100 bytes where at most so many are allowed");

        var next = input("x".repeat(150), 100);
        assertThat(next.readNBytes(90)).hasSize(90);
        next.allow(100);
        assertThat(read(next, step)).hasSize(60);
    }

    @Property(tries = 20)
    void shouldKnowWhereALineEnds(@ForAll @IntRange(min = 0, max = 5) int length) throws IOException {
        var in = input("* a\r\n", 100);
        in.readNBytes(length);
        assertThat(in.isBetweenLines()).isEqualTo(length == 0 || length == 5);
        var literal = input("{2}\r\nab\r\n", 100);
        literal.readNBytes(5);
        assertThat(literal.isBetweenLines()).isFalse();
    }
}

package dev.vorrang.scoring.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RecentIdsTest {

    private final IdPages pages = IdPages.inMemory();
    private RecentIds ids = new RecentIds(pages);

    @Test
    void shouldKnowAsManyIdsAsMqttCanHaveUnacknowledgedAlsoAfterARestart() throws IOException {
        int count = RecentIds.REMEMBERED;
        for (int i = 0; i < count; i++) {
            assertThat(ids.add("reading-" + i, i, true)).isTrue();
        }
        restart();

        for (int i = 0; i < count; i++) {
            assertThat(ids.add("reading-" + i, i, true)).as("reading %d", i).isFalse();
        }
        assertThat(ids.add("reading-x", count, true)).isTrue();
    }

    @Test
    void shouldTakeAnotherIdOfTheSameTimeForNew() {
        for (int i = 0; i < 2_000; i++) {
            assertThat(ids.add("reading-" + i, 7, true)).isTrue();
        }
        for (int i = 0; i < 2_000; i++) {
            assertThat(ids.add("reading-" + i, 7, true)).isFalse();
        }
    }

    @Test
    void shouldKnowAnIdWhoseTimeWasSetByTheTimeOfReceipt() {
        for (int i = 0; i < 2_000; i++) {
            assertThat(ids.add("reading-" + i, i, false)).isTrue();
        }
        for (int i = 0; i < 2_000; i++) {
            assertThat(ids.add("reading-" + i, 100_000 + i, false)).isFalse();
        }
    }

    @Test
    void shouldStaySmallInTheState() throws IOException {
        for (int i = 0; i < 3 * RecentIds.REMEMBERED; i++) {
            ids.add("reading-" + i, i, true);
        }

        assertThat(snapshot()).hasSizeLessThan(5_000);
    }

    @Test
    void shouldTakeAPageForUnknownWhoseReadingsWereUndone() throws IOException {
        for (int i = 0; i < 600; i++) {
            ids.add("reading-" + i, i, true);
        }
        byte[] before = snapshot();
        for (int i = 600; i < 600 + RecentIds.REMEMBERED; i++) {
            ids.add("reading-" + i, i, true);
        }
        ids = new RecentIds(pages);
        ids.read(new DataInputStream(new ByteArrayInputStream(before)));

        assertThat(ids.add("reading-599", 599, true)).isFalse();
        assertThat(ids.add("reading-600", 600, true)).isTrue();
    }

    private byte[] snapshot() throws IOException {
        var bytes = new ByteArrayOutputStream();
        ids.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private void restart() throws IOException {
        byte[] snapshot = snapshot();
        ids = new RecentIds(pages);
        ids.read(new DataInputStream(new ByteArrayInputStream(snapshot)));
    }
}

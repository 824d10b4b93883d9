package dev.vorrang.scoring.demand;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LineIdsTest {

    /** These two have the same FNV-1a hash of 64 bits, folded to 32. */
    @Test
    void shouldTellLinesApartWhoseIdsAreAlikeInAShortHash() {
        var ids = new LineIds();

        assertThat(ids.add("order-1578")).isTrue();
        assertThat(ids.add("order-64859")).isTrue();
        assertThat(ids.add("order-1578")).isFalse();
        assertThat(ids.add("order-64859")).isFalse();
    }

    @Test
    void shouldKnowTheLastOnesAfterTheyWereStored() throws IOException {
        var ids = new LineIds();
        for (int i = 0; i < LineIds.REMEMBERED + 10; i++) {
            assertThat(ids.add("line-" + i)).isTrue();
        }
        var bytes = new ByteArrayOutputStream();
        ids.write(new DataOutputStream(bytes));
        var read = new LineIds();
        read.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        assertThat(read.add("line-10")).isFalse();
        assertThat(read.add("line-" + (LineIds.REMEMBERED + 9))).isFalse();
        assertThat(read.add("line-9")).as("forgotten").isTrue();
    }
}

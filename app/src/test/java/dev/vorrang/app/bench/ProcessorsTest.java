package dev.vorrang.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessorsTest {

    @Test
    void shouldReadListsAsTheSystemWritesThem() {
        assertThat(Processors.parse(" 0-3,8,10-11\n")).containsExactly(0, 1, 2, 3, 8, 10, 11);
        assertThat(Processors.parse("5")).containsExactly(5);
    }
}

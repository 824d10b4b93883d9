package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PolledRecordsTest {

    private static final TopicPartition ONE = new TopicPartition("t", 1);
    private static final TopicPartition TWO = new TopicPartition("t", 2);

    private final PolledRecords.Pending pending = new PolledRecords.Pending();

    @Test
    void shouldKnowTheLastRecordOfAPoll() {
        pending.polled(ONE, 11);
        pending.polled(TWO, 5);

        assertThat(pending.arrived(ONE, 10)).isFalse();
        assertThat(pending.arrived(TWO, 5)).isFalse();
        assertThat(pending.arrived(ONE, 11)).isTrue();
    }

    @Test
    void shouldWaitForTheSecondOfTwoPolls() {
        pending.polled(ONE, 1);
        pending.polled(ONE, 2);

        assertThat(pending.arrived(ONE, 1)).isFalse();
        assertThat(pending.arrived(ONE, 2)).isTrue();
    }

    @Test
    void shouldNotWaitForAPartitionThatWasTakenAway() {
        pending.polled(ONE, 1);
        pending.polled(TWO, 7);
        pending.forget(TWO);

        assertThat(pending.arrived(ONE, 1)).isTrue();
    }

    @Test
    void shouldTakeEachRecordForTheLastWhereNothingTellsOfPolls() {
        assertThat(pending.arrived(ONE, 1)).isTrue();
        assertThat(pending.arrived(ONE, 2)).isTrue();
    }
}

package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CachedStoreCommitHookTest {

    @Test
    void shouldWorkWithTheVersionOnTheClassPath() {
        assertThatCode(CachedStoreCommitHook::create).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.2.0", "4.4.0", "4.30.0", "5.0.0", "unknown"})
    void shouldRefuseAVersionThatItWasNotTestedWith(String version) {
        assertThatThrownBy(() -> CachedStoreCommitHook.create(version))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("kafka-streams " + version)
                .hasMessageContaining("Use kafka-streams 4.3.x");
    }
}

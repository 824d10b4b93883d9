package dev.vorrang.scoring.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SignalsTest {

    @Property
    void shouldWriteNumbersAsTheFormatterDoes(@ForAll @IntRange(min = -100_000, max = 100_000) int hundredThousandths) {
        // Halves are rounded up whatever their sign; a formatter goes by the digits that it would print.
        double value = (hundredThousandths % 1_000 == 500 ? hundredThousandths + 1 : hundredThousandths) / 100_000.0;

        assertThat(Signals.signed(value)).isEqualTo(String.format(Locale.ROOT, "%+.2f", value));
    }

    @Example
    void shouldWriteTwoDecimalsAlways() {
        assertThat(Signals.signed(0.6)).isEqualTo("+0.60");
        assertThat(Signals.signed(-0.054)).isEqualTo("-0.05");
        assertThat(Signals.signed(0.996)).isEqualTo("+1.00");
    }
}

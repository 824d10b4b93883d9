package dev.vorrang.console.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordFormsTest {

    private final TextAnalyzer analyzer = new TextAnalyzer();

    private String word(String text) {
        return analyzer.words(text).get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "Rechnungen, Rechnung",
        "Rechnung, Rechnungen",
        "Kühlschränke, Kühlschrank",
        "Häuser, Haus",
        "Kunden, Kunde",
        "Fehlern, Fehler",
        "Vertrages, Vertrag",
        "invoices, invoice",
        "boxes, box",
        "batteries, battery",
        "battery, batteries"
    })
    void shouldHaveTheFormThatATextMayHave(String asked, String written) {
        assertThat(WordForms.of(word(asked))).contains(word(asked), word(written));
    }

    @Test
    void shouldLeaveStemsThatAreTooShortAlone() {
        assertThat(WordForms.of("see")).doesNotContain("sen");
        assertThat(WordForms.of("an")).containsExactly("an");
    }
}

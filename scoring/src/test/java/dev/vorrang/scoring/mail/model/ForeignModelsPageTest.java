package dev.vorrang.scoring.mail.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.scoring.model.ModelCards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page docs/foreign-models.md shows a card that works. */
class ForeignModelsPageTest {

    @TempDir
    private Path folder;

    @Test
    void shouldShowACardThatIsReadAndFitsAModelOfTokens() throws IOException {
        String page = Files.readString(Path.of("../docs/foreign-models.md"));
        Path file = folder.resolve(ModelCards.CARD);
        Files.createDirectories(file.getParent());
        Files.writeString(file, page.split("```json\n")[1].split("```")[0]);

        MailCard card = MailCard.read(folder);
        assertThat(card.tokens()).contains(new MailCard.Tokens(256, 30_522, Optional.of(false), Optional.empty()));
        assertThat(new HeadOutputs(card).specs()).isEqualTo(card.signature().outputs());
        assertThat(card.files())
                .containsOnlyKeys(
                        "saved_model.pb",
                        "variables/variables.data-00000-of-00001",
                        "variables/variables.index",
                        ModelCards.TOKENIZER);

        TokenizerFiles.wordPiece(folder);
        try (var encoder = MailEncoder.of(folder, card)) {
            assertThat(encoder.inputs()).isEqualTo(card.signature().inputs());
            assertThat(encoder.warmUp()).hasSize(List.of(16, 32, 64, 128, 256).size());
        }
    }
}

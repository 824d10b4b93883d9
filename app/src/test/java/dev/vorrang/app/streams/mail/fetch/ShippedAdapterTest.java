package dev.vorrang.app.streams.mail.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.scoring.mail.model.MailCard;
import dev.vorrang.training.mail.AdapterCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The adapter that ships is whole, and answers as the small model does. */
class ShippedAdapterTest {

    private static final Path ADAPTER = Path.of("../models/mail-large-adapter/1");
    private static final Path SMALL = Path.of("../models/mail-triage/3");

    @Test
    void shouldBeWholeAndSmall() throws IOException {
        AdapterCard card = AdapterCard.read(ADAPTER);
        assertThat(card.base().path()).isEqualTo(BaseFile.MULTILINGUAL);
        assertThat(card.base().sha256()).hasSize(64);
        assertThat(Files.size(ADAPTER.resolve(AdapterCard.WEIGHTS))).isLessThan(8_000_000);
    }

    @Test
    void shouldHaveTheLabelsOfTheSmallModel() {
        AdapterCard card = AdapterCard.read(ADAPTER);
        MailCard.read(SMALL)
                .heads()
                .forEach((head, small) ->
                        assertThat(card.heads().get(head).labels()).as(head).isEqualTo(small.labels()));
    }
}

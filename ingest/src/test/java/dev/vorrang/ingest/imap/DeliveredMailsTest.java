package dev.vorrang.ingest.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.ingest.mail.MailId;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeliveredMailsTest {

    private final DeliveredMails mails = new DeliveredMails();

    private static byte[] digest(int number) {
        return MailId.digest(Integer.toString(number).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldNumberCopiesLikeAMapWould() {
        Map<Integer, Integer> expected = new HashMap<>();
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            int mail = random.nextInt(5_000);
            assertThat(mails.deliver(digest(mail)))
                    .as("seed %d", seed)
                    .isEqualTo(expected.merge(mail, 1, Integer::sum));
        }
        assertThat(mails.size()).isEqualTo(expected.size());
    }

    @Test
    void shouldCountAgainInEachRescan() {
        mails.addAll(DeliveredMails.hashOf(digest(1)) + DeliveredMails.hashOf(digest(1)));
        for (int rescan = 0; rescan < 2; rescan++) {
            mails.beginRescan();
            assertThat(mails.wasDelivered(digest(1))).isTrue();
            assertThat(mails.wasDelivered(digest(1))).isTrue();
            assertThat(mails.wasDelivered(digest(1))).isFalse();
            assertThat(mails.wasDelivered(digest(2))).isFalse();
        }
        assertThat(mails.deliver(digest(1))).isEqualTo(3);
    }
}

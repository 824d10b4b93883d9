package dev.vorrang.scoring.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VipSendersTest {

    private final VipSenders vips =
            VipSenders.of(List.of("Boss@Vip.Example", "board.example", "*.group.example", "müller.example"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "boss@vip.example",
                "BOSS@vip.example",
                "any@board.example",
                "any@a.group.example",
                "any@b.a.group.example",
                "any@xn--mller-kva.example"
            })
    void shouldKnowVips(String address) {
        assertThat(vips.sent(Mails.from(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Every mail of the fixture has the display name boss@vip.example.
                "other@vip.example",
                "any@sub.board.example",
                "any@group.example",
                "any@badboard.example",
                "any@xgroup.example",
                "boss@vip.example.evil.example",
                "boss@vip.example@evil.example",
                "",
                "@"
            })
    void shouldNotTakeOthersForVips(String address) {
        assertThat(vips.sent(Mails.from(address))).isFalse();
    }

    @Test
    void shouldNotTakeOneOfSeveralSendersForAVip() {
        assertThat(vips.sent(Mails.from("boss@vip.example", "stranger@example.org")))
                .isFalse();
        assertThat(vips.sent(Mails.from())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "@example.org",
                "a b@example.org",
                "*.",
                "*",
                "anna@*.example.org",
                "exa mple.org",
                "a..b"
            })
    void shouldRefuseWhatIsNeitherAddressNorDomain(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VipSenders.of(List.of(entry)))
                .withMessageContaining("VIP '" + entry + "': allowed is an address");
    }
}

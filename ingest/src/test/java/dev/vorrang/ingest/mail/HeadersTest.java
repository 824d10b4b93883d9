package dev.vorrang.ingest.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.Address;
import dev.vorrang.schemas.EmailMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Subjects and addresses as they are sent, which is not always as they should be. */
class HeadersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "=?utf-8?Q?Gr=C3=BC=C3=9Fe?= | Grüße",
                "=?utf-8?B?R3LDvMOf?= =?utf-8?B?ZQ==?= | Grüße",
                "=?utf-8?B?w?= =?utf-8?B?w?= | ''",
                "=?utf-8?Q?caf=C3?= =?utf-8?Q?=A9?= | café",
                "=?ISO-8859-15*de?q?5_=A4?= | 5 €",
                "=?nonsense?Q?caf=C3=A9?= | café",
                "=?nonsense?Q?caf=E9?= | café",
                "=?gb2312?B?xOO6w4Hw?= | 你好侌",
                "=?iso-2022-jp?B?GyRCRnxLXBsoQg==?= | 日本",
                "=?ks_c_5601-1987?B?vcXGvMfY?= | 신티해",
                "=?utf-7?Q?+AOQ-?= | ä",
                "=?utf-8?Q?a b=?= | a b=",
                "=?utf-8?X?abc?= | =?utf-8?X?abc?=",
                "=?utf-8?Q?open | =?utf-8?Q?open",
                "a=?utf-8?Q?b?=c | abc",
                "=?utf-8?Q?hello=0D=0ABcc:_x=00y?= | hello Bcc: xy",
                "=?utf-8?B?aW52AG9pY2Vf4oCuZmRwLmV4ZeKBpuKAiw==?= | invoice_fdp.exe"
            })
    void shouldDecodeSubjects(String header, String expected) {
        assertThat(Records.decode("Subject: " + header, "", "x").getSubject()).isEqualTo(expected);
    }

    @Test
    void shouldUnfoldSubjects() {
        assertThat(Records.decode("Subject: one", " two", "\tthree", "", "x").getSubject())
                .isEqualTo("one two three");
    }

    @Test
    void shouldReadRawEightBitHeaders() throws Exception {
        for (Charset charset : List.of(StandardCharsets.UTF_8, Charset.forName("windows-1252"))) {
            ByteArrayOutputStream mail = new ByteArrayOutputStream();
            mail.write("Subject: Über „uns“\r\nFrom: Jörg <j@example.org>\r\n\r\nx".getBytes(charset));
            EmailMessage record = Records.decode(Records.raw(mail.toByteArray()));
            assertThat(record.getSubject()).isEqualTo("Über „uns“");
            assertThat(record.getFrom()).containsExactly(new Address("Jörg", "j@example.org"));
        }
    }

    @Test
    void shouldReadHeadersThatAngusThrowsOn() {
        EmailMessage record = Records.decode(": x", ":y", "no field", "Subject: found", "From a line", "", "body");
        assertThat(record.getSubject()).isEqualTo("found");
        assertThat(record.getText()).isEqualTo("body");
    }

    @Test
    void shouldTakeTextForTextIfNoEmptyLineComesBeforeIt() {
        EmailMessage record = Records.decode("Subject: found", "The text starts at once,", "and goes on.");
        assertThat(record.getSubject()).isEqualTo("found");
        assertThat(record.getText()).isEqualTo("The text starts at once,\nand goes on.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a@example.org | | a@example.org",
                "Anna <A.B@EXAMPLE.org> | Anna | A.B@example.org",
                "\"Brook, Anna\" <a@example.org> | Brook, Anna | a@example.org",
                "=?utf-8?Q?Brook,_J=C3=B6rg?= <a@example.org> | Brook, Jörg | a@example.org",
                "=?utf-8?Q?Anna_<a@example.org>?= | Anna | a@example.org",
                "a@example.org (Anna) | Anna | a@example.org",
                "Anna (at (home)) <a@example.org> | Anna (at ) | a@example.org",
                "Pete <pete(his account)@silly.test(his host)> | Pete | pete@silly.test",
                "a@example.org b@example.org | | a@example.org",
                "<<a@example.org>> | | a@example.org",
                "Anna <a@bücher.example> | Anna | a@xn--bcher-kva.example",
                "Anna <a@BÜCHER.example> | Anna | a@xn--bcher-kva.example",
                "=?utf-8?B?4oCuQW5uYQo=?= <a@example.org> | Anna | a@example.org"
            })
    void shouldReadAddresses(String header, String name, String address) {
        assertThat(Records.decode("From: " + header, "", "x").getFrom()).containsExactly(new Address(name, address));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Erika Muster erika@example.de | erika@example.de | Erika Muster",
                "erika@example.de Erika Muster | erika@example.de | Erika Muster",
                "<@relay.example,@hub.example:erika@example.de> | erika@example.de |",
                "Erika <@relay.example:erika@example.de> | erika@example.de | Erika",
                "root (Cron Daemon) | root | Cron Daemon",
                "MAILER-DAEMON (Mail Delivery System) | MAILER-DAEMON | Mail Delivery System",
                "<root> | root |",
                "Muster, Erika <erika@example.de> | erika@example.de | Erika",
                "mailto:erika@example.de | erika@example.de |",
                "Erika [erika@example.de] | erika@example.de | Erika",
                "Support: erika@example.de; | erika@example.de |",
                "erika . muster @ example.de | erika.muster@example.de |",
                "\"erika muster\"@example.de | \"erika muster\"@example.de |",
                "erika@[192.0.2.1] | erika@[192.0.2.1] |"
            })
    void shouldFindTheAddressThatStandsThere(String header, String address, String name) {
        EmailMessage mail = Records.decode("From: " + header, "", "x");
        assertThat(mail.getFrom()).singleElement().satisfies(from -> {
            assertThat(from.getAddress()).isEqualTo(address);
            assertThat(from.getName()).isEqualTo(name);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Erika Muster",
                "erika at example.de",
                "undisclosed-recipients:;",
                "@example.de",
                "erika@",
                "Anna, Bert"
            })
    void shouldInventNoAddress(String header) {
        assertThat(Records.decode("From: " + header, "", "x").getFrom()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "undisclosed-recipients:;",
                "Anna",
                "@",
                "a@",
                "@b",
                "<>",
                "((((",
                "\"",
                "<",
                "[",
                ";;;,,,",
                "\\"
            })
    void shouldFindNoAddressWhereThereIsNone(String header) {
        assertThat(Records.decode("From: " + header, "Subject: x", "", "y").getFrom())
                .isEmpty();
    }

    @Test
    void shouldFlagWhatDeceives() {
        EmailMessage two = Records.decode("From: a@example.org", "From: b@example.org", "", "x");
        assertThat(two.getFrom()).extracting(Address::getAddress).containsExactly("a@example.org", "b@example.org");
        assertThat(two.getFlags()).containsExactly("multiple_from");

        assertThat(Records.decode("From: \"ceo@example.com\" <evil@example.org>", "", "x")
                        .getFlags())
                .containsExactly("display_name_is_address");
        assertThat(Records.decode("From: \"a@example.org\" <A@example.org>", "", "x")
                        .getFlags())
                .isEmpty();

        EmailMessage homograph = Records.decode("From: a@ex\u0430mple.com", "", "x");
        assertThat(homograph.getFlags()).containsExactly("mixed_script_domain");
        assertThat(homograph.getFrom().get(0).getAddress()).isEqualTo("a@xn--exmple-4nf.com");
        assertThat(Records.decode("From: a@xn--exmple-4nf.com", "", "x").getFlags())
                .containsExactly("mixed_script_domain");
        assertThat(Records.decode("From: a@日本語テスト.example", "", "x").getFlags()).isEmpty();
    }

    @Test
    void shouldReadParametersAsTheyAreSent() {
        assertThat(ContentHeader.parse("Text/Plain charset=utf-8; name = \"a;b\\\"c\" ; junk; x=1 2")
                        .value())
                .isEqualTo("text/plain");
        assertThat(ContentHeader.parse("Text/Plain charset=utf-8; name = \"a;b\\\"c\" ; junk; x=1 2")
                        .parameters())
                .containsEntry("charset", "utf-8")
                .containsEntry("name", "a;b\"c")
                .containsEntry("x", "1 2");
        assertThat(ContentHeader.parse("a/b; name*1=def; name*0=abc").parameter("name"))
                .contains("abcdef");
        assertThat(ContentHeader.parse("a/b; name*=nonsense'de'%E9%zz%").parameter("name"))
                .contains("é%zz%");
        assertThat(ContentHeader.parse(";;;=;*=;**0*=x;\"").value()).isEmpty();
    }
}

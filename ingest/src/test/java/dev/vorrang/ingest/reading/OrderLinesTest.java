package dev.vorrang.ingest.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonPointer;
import dev.vorrang.schemas.DemandKind;
import dev.vorrang.schemas.DemandObservation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderLinesTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Origin ORIGIN =
            new Origin("file:/orders.csv", Optional.empty(), Optional.empty(), Instant.parse("2026-06-02T00:00:00Z"));
    private static final OrderLines.Fields FIELDS = new OrderLines.Fields(
            "quantity", Optional.of("shop"), Optional.empty(), List.of("promotion", "price"), false);

    @Test
    void shouldReadOrderLinesOfATable() {
        var decoded = csv(
                FIELDS,
                "day;item;shop;note;quantity;price;promotion\n"
                        + "2026-06-01 10:00;tea;north;two, please;2,5;3,99;1\n2026-06-01 11:00;tea;south;;-1;3,99;");

        assertThat(decoded)
                .extracting(OrderLinesTest::observation)
                .satisfiesExactly(
                        first -> {
                            assertThat(first.getItem()).isEqualTo("tea");
                            assertThat(first.getLocation()).isEqualTo("north");
                            assertThat(first.getKind()).isEqualTo(DemandKind.ORDER_LINE);
                            assertThat(first.getQuantity()).isEqualTo(2.5);
                            assertThat(first.getKnown()).isEqualTo(Map.of("price", 3.99, "promotion", 1.0));
                            assertThat(first.getTime()).isEqualTo(Instant.parse("2026-06-01T08:00:00Z"));
                            assertThat(first.getReceivedAt()).isEqualTo(ORIGIN.receivedAt());
                            assertThat(first.getSource()).isEqualTo("file:/orders.csv#2");
                        },
                        second -> {
                            assertThat(second.getQuantity()).isEqualTo(-1);
                            assertThat(second.getKnown()).containsOnlyKeys("price");
                        });
    }

    @Test
    void shouldTellEqualLinesOfAFileApartButNotMessagesThatComeAgain() {
        var lines = csv(FIELDS, "day,item,shop,quantity\n2026-06-01,tea,north,1\n2026-06-01,tea,north,1");
        assertThat(lines).extracting(each -> observation(each).getId()).doesNotHaveDuplicates();

        String message = "{\"item\":\"tea\",\"shop\":\"north\",\"day\":\"2026-06-01T10:00:00Z\",\"quantity\":1}";
        assertThat(observation(json(FIELDS, message).get(0)).getId())
                .isEqualTo(observation(json(FIELDS, message).get(0)).getId());
    }

    @Test
    void shouldTakeAnIdWhereThereIsOne() {
        var fields = new OrderLines.Fields("quantity", Optional.empty(), Optional.of("order"), List.of(), false);

        assertThat(observation(csv(fields, "day,item,order,quantity\n2026-06-01,tea,A-17,1")
                                .get(0))
                        .getId())
                .isEqualTo("A-17");
        assertThat(observation(json(
                                        fields,
                                        "{\"item\":\"tea\",\"order\":17,\"day\":\"2026-06-01T10:00:00Z\",\"quantity\":1}")
                                .get(0))
                        .getId())
                .isEqualTo("17");
        assertThat(refused(csv(fields, "day,item,order,quantity\n2026-06-01,tea,,1")))
                .isEqualTo("'order': is missing; allowed is the id of the order line");
    }

    @Test
    void shouldReadArraysOfOrdersWithWhatStandsAround() {
        String order = "{\"shop\":\"north\",\"day\":\"2026-06-01T10:00:00Z\",\"customer\":{\"name\":\"A\"},\"lines\":["
                + "{\"item\":\"tea\",\"quantity\":1},{\"item\":\"milk\",\"quantity\":\"2\",\"comment\":\"cold\"}]}";
        var decoder = new JsonReadingDecoder(new JsonReadingDecoder.Fields(
                JsonPointer.compile("/lines"),
                Optional.of(JsonPointer.compile("/item")),
                Optional.of(JsonPointer.compile("/day")),
                JsonPointer.empty(),
                BERLIN,
                new OrderLines(FIELDS)));

        assertThat(decoder.decode(order.getBytes(StandardCharsets.UTF_8), ORIGIN))
                .extracting(OrderLinesTest::observation)
                .extracting(DemandObservation::getItem, DemandObservation::getLocation, DemandObservation::getQuantity)
                .containsExactly(tuple("tea", "north", 1.0), tuple("milk", "north", 2.0));
    }

    @Test
    void shouldReadTotalsAndPlans() {
        var totals = new OrderLines.Fields("quantity", Optional.empty(), Optional.empty(), List.of("promotion"), true);
        var decoded =
                csv(totals, "day,item,quantity,promotion\n2026-06-01,tea,12,0\n2026-07-01,tea,,1\n2026-06-01,milk,0,");

        assertThat(decoded)
                .extracting(each -> observation(each).getKind())
                .containsExactly(DemandKind.PERIOD_TOTAL, DemandKind.PLAN, DemandKind.PERIOD_TOTAL);
        assertThat(observation(decoded.get(1)).getTime()).isEqualTo(Instant.parse("2026-06-30T22:00:00Z"));
        assertThat(observation(decoded.get(2)).getQuantity()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-06-01,tea,north,many | value of quantity 'many': allowed is a decimal number of at most 100 characters",
                "2026-06-01,tea,north, | value of quantity: is missing; allowed is a number, or one that is known in advance",
                "yesterday,tea,north,1 | time 'yesterday'",
                "2026-06-01,,north,1 | name of item ''",
                "2026-06-01,tea,,1 | name of location ''",
                "2026-06-01,tea@home,north,1 | name of item 'tea@home': no @ is allowed in it",
                "2026-06-01,tea,north | row of 3 fields: the header has 4"
            })
    void shouldRefuseARowThatIsNone(String row, String message) {
        assertThat(refused(csv(FIELDS, "day,item,shop,quantity\n" + row))).startsWith(message);
    }

    @Test
    void shouldSayWhichColumnIsMissing() {
        assertThat(refused(csv(FIELDS, "day,item,shop,amount\n2026-06-01,tea,north,1")))
                .isEqualTo("column 'quantity': is missing, there are 'day,item,shop,amount'");
    }

    private static List<Decoded> csv(OrderLines.Fields fields, String table) {
        var decoder = new CsvReadingDecoder(new CsvReadingDecoder.Columns(
                Optional.of("item"),
                Optional.of("day"),
                Set.of(),
                Set.of(),
                BERLIN,
                CsvFormat.AUTOMATIC,
                new OrderLines(fields)));
        return decoder.decode(table.getBytes(StandardCharsets.UTF_8), ORIGIN);
    }

    private static List<Decoded> json(OrderLines.Fields fields, String document) {
        var decoder = new JsonReadingDecoder(new JsonReadingDecoder.Fields(
                JsonPointer.empty(),
                Optional.of(JsonPointer.compile("/item")),
                Optional.of(JsonPointer.compile("/day")),
                JsonPointer.empty(),
                BERLIN,
                new OrderLines(fields)));
        return decoder.decode(document.getBytes(StandardCharsets.UTF_8), ORIGIN);
    }

    private static DemandObservation observation(Decoded decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Observed.class);
        return ((Decoded.Observed) decoded).observation();
    }

    private static String refused(List<Decoded> decoded) {
        assertThat(decoded).singleElement().isInstanceOf(Decoded.Refused.class);
        return ((Decoded.Refused) decoded.get(0)).message();
    }
}

package dev.vorrang.app.streams.demand.demo;

import dev.vorrang.app.kit.DemoSource;
import dev.vorrang.app.kit.Source;
import dev.vorrang.app.settings.ClientProperties;
import dev.vorrang.app.settings.ConnectorSource;
import dev.vorrang.app.stream.SourceConnectors;
import dev.vorrang.app.streams.demand.source.DemandSources;
import dev.vorrang.schemas.DemandAlert;
import dev.vorrang.schemas.DemandForecast;
import dev.vorrang.schemas.DemandStock;
import dev.vorrang.schemas.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/** The demo's warehouse: a folder with a file of order lines, and the stock of each article on {@code demand.stock}. */
public final class DemandDemo implements DemoSource {

    /** Days in which everything worth seeing has happened. */
    private static final int DAYS = 28;
    /** Between two days. */
    private static final Duration DAY = Duration.ofMillis(600);
    /** Between two looks whether the story can begin. */
    private static final Duration LOOK = Duration.ofMillis(50);

    private final DemoWarehouse warehouse;
    private final Clock clock;
    private final ConcurrentMap<Instant, Instant> writtenAt = new ConcurrentHashMap<>();
    private final CountDownLatch history;
    private Consumer<DemandStock> stocks = stock -> {};

    private DemandDemo(DemoWarehouse warehouse, Clock clock) {
        this.warehouse = warehouse;
        this.clock = clock;
        this.history = new CountDownLatch(warehouse.articles().size() * (DemoWarehouse.HISTORY - 1));
    }

    /** @param folder gets the file with the orders */
    public static DemandDemo start(Path folder, Clock clock) {
        return new DemandDemo(DemoWarehouse.in(folder), clock);
    }

    @Override
    public String address() {
        return warehouse.file().toString();
    }

    @Override
    public Source connector(Topics names, Map<String, String> registry) {
        var settings = Map.of(
                "file.folder",
                warehouse.file().getParent().toString(),
                "file.poll.ms",
                "100",
                "payload.csv.machine",
                DemoWarehouse.ARTICLE,
                "payload.csv.time",
                DemoWarehouse.TIME,
                "demand.quantity",
                DemoWarehouse.QUANTITY,
                "demand.id",
                DemoWarehouse.LINE);
        var source = new ConnectorSource("demo-orders", SourceConnectors.FILES, 1, new ClientProperties(settings));
        return new Source("orders", source.name(), address(), DemandSources.config(source, names, registry));
    }

    @Override
    public void connect(Topics names, Writer writer) {
        stocks = stock -> writer.send(names.demandStock(), stock.getItem(), stock);
    }

    @Override
    public int scores() {
        // The day that begins closes the one before; before the story there were others, which do not count.
        return warehouse.articles().size() * DAYS;
    }

    /** The story begins when all before it is forecast: it is the same however fast it is played. */
    @Override
    public void run(boolean once, Predicate<Duration> enough) {
        LocalDate end = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        while (history.getCount() > 0 && !enough.test(LOOK)) {
            // Another look.
        }
        for (int day = 0; !(once && day == DAYS) && warehouse.date().isBefore(end) && !enough.test(DAY); day++) {
            writtenAt.put(start(warehouse.date()), clock.instant());
            warehouse.articles().forEach(this::countStock);
            warehouse.nextDay();
        }
    }

    private void countStock(DemoArticle article) {
        stocks.accept(DemandStock.newBuilder()
                .setItem(article.name())
                .setStock(article.stock())
                .setOnOrder(article.onOrder())
                .setTime(start(warehouse.date()))
                .build());
    }

    private static Instant start(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** What was forecast before the story began is not shown. */
    @Override
    public boolean isRepeated(SpecificRecord output) {
        Instant beginning = start(DemoWarehouse.beginning());
        if (output instanceof DemandForecast forecast && forecast.getOrigin().isBefore(beginning)) {
            history.countDown();
            return true;
        }
        return output instanceof DemandAlert alert && alert.getTime().isBefore(beginning);
    }

    /** A forecast comes of the first order of the day that it begins with. */
    @Override
    public Optional<Instant> cameAt(SpecificRecord output) {
        return output instanceof DemandForecast forecast
                ? Optional.ofNullable(writtenAt.get(forecast.getOrigin()))
                : Optional.empty();
    }

    @Override
    public void close() {
        // The folder with the file is the demo's.
    }
}

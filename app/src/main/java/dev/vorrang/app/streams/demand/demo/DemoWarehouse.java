package dev.vorrang.app.streams.demand.demo;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** A warehouse whose orders are written to a file, day after day, in the order of time. For one thread. */
final class DemoWarehouse {

    static final String ARTICLE = "article";
    static final String TIME = "ordered_at";
    static final String QUANTITY = "quantity";
    static final String LINE = "line";

    /** A Monday. The days are long past, so that they can go by as fast as one likes. */
    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
    /** Days that are over when the story begins. */
    static final int HISTORY = 56;

    private static final int OPENS_S = 6 * 3_600;
    private static final int OPEN_S = 14 * 3_600;

    private final Path file;
    private final List<DemoArticle> articles = DemoArticle.warehouse();
    private final Random random = new Random(42);
    private int day = -HISTORY;
    private long lines;

    private record Line(Instant time, String article, int quantity) {}

    private DemoWarehouse(Path file) {
        this.file = file;
    }

    /**
     * A warehouse with all that was ordered before the story begins.
     *
     * @param folder gets the file
     */
    static DemoWarehouse in(Path folder) {
        try {
            Files.createDirectories(folder);
            Path file = Files.writeString(
                    folder.resolve("orders.csv"), String.join(",", LINE, TIME, ARTICLE, QUANTITY) + "\n");
            var warehouse = new DemoWarehouse(file);
            while (warehouse.day < 0) {
                warehouse.nextDay();
            }
            return warehouse;
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's orders cannot be written", e);
        }
    }

    Path file() {
        return file;
    }

    List<DemoArticle> articles() {
        return articles;
    }

    /** The day whose orders come next. */
    LocalDate date() {
        return FIRST.plusDays((long) HISTORY + day);
    }

    /** The first day of the story. */
    static LocalDate beginning() {
        return FIRST.plusDays(HISTORY);
    }

    /** Lets the orders of a day come. */
    void nextDay() {
        var ordered = new ArrayList<Line>();
        for (DemoArticle article : articles) {
            for (int quantity : article.next(day, date().getDayOfWeek().getValue() - 1)) {
                var time = LocalTime.ofSecondOfDay(OPENS_S + random.nextInt(OPEN_S));
                ordered.add(new Line(date().atTime(time).toInstant(ZoneOffset.UTC), article.name(), quantity));
            }
        }
        ordered.sort(Comparator.comparing(Line::time));
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardOpenOption.APPEND)) {
            for (Line line : ordered) {
                out.write(++lines + "," + line.time() + "," + line.article() + "," + line.quantity() + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's orders cannot be written", e);
        }
        day++;
    }
}

package dev.vorrang.app.streams.demand.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoWarehouseTest {

    private static final int DAYS = 28;

    @TempDir
    Path folder;

    @Test
    void shouldWriteOrdersInTheOrderOfTimeAndTheSameAgain() throws IOException {
        List<String> lines = story(folder.resolve("one"));

        assertThat(lines).hasSizeBetween(5_000, 15_000);
        assertThat(lines.stream().map(line -> line.split(",")[1])).isSorted();
        assertThat(story(folder.resolve("other"))).isEqualTo(lines);
    }

    @Test
    void shouldLetSomethingHappenToFourArticles() throws IOException {
        Map<String, Map<String, Integer>> days = new HashMap<>();
        for (String line : story(folder)) {
            String[] fields = line.split(",");
            days.computeIfAbsent(fields[2], any -> new HashMap<>())
                    .merge(fields[1].substring(0, 10), Integer.parseInt(fields[3]), Integer::sum);
        }

        assertThat(days).hasSize(24);
        assertThat(days.get("relay")).hasSize(84);
        assertThat(days.get("temperature-probe").values()).anyMatch(pieces -> pieces > 50);
        assertThat(days.get("strip-curtain")).doesNotContainKeys("2024-03-06", "2024-03-24");
        assertThat(mean(days.get("filter-drier"), "2024-03"))
                .isGreaterThan(1.3 * mean(days.get("filter-drier"), "2024-02"));
    }

    @Test
    void shouldRunOutOfWhatIsNotSupplied() {
        var warehouse = DemoWarehouse.in(folder);
        for (int day = 0; day < DAYS; day++) {
            warehouse.nextDay();
        }

        assertThat(warehouse.articles()).allSatisfy(article -> assertThat(article.stock() + article.onOrder())
                .as(article.name())
                .matches(pieces -> (pieces == 0) == article.name().equals("fan-motor")));
    }

    private static double mean(Map<String, Integer> days, String month) {
        return days.entrySet().stream()
                .filter(day -> day.getKey().startsWith(month))
                .mapToInt(Map.Entry::getValue)
                .average()
                .orElseThrow();
    }

    private static List<String> story(Path folder) throws IOException {
        var warehouse = DemoWarehouse.in(folder);
        for (int day = 0; day < DAYS; day++) {
            warehouse.nextDay();
        }
        List<String> lines = Files.readAllLines(warehouse.file());
        return lines.subList(1, lines.size());
    }
}

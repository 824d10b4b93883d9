package dev.vorrang.console;

import dev.vorrang.console.view.DemandStore;
import dev.vorrang.console.view.MachineStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is shown of streams that there are not: nothing. */
enum NoStream implements MachineStore, DemandStore {
    INSTANCE;

    @Override
    public List<MachineView> machines() {
        return List.of();
    }

    @Override
    public Optional<Series> series(String machine, Instant from, Instant to, int points) {
        return Optional.empty();
    }

    @Override
    public ItemPage items(String text, Optional<String> after, int limit) {
        return new ItemPage(0, List.of(), Optional.empty());
    }

    @Override
    public Optional<ItemDetail> item(String key) {
        return Optional.empty();
    }
}

package dev.vorrang.console.operations;

import dev.vorrang.console.index.TopicFollower;
import dev.vorrang.console.operations.OperationsFeed.Counted;
import dev.vorrang.console.view.OperationsStore;
import dev.vorrang.console.view.OperationsView;
import dev.vorrang.console.view.OperationsView.DeadLetterView;
import dev.vorrang.console.view.OperationsView.ModelView;
import dev.vorrang.console.view.OperationsView.StreamView;
import dev.vorrang.console.view.RecordStore;
import dev.vorrang.schemas.serde.WireFormatException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/** How the streams do, and what could not be scored. Follows the topics until it is closed. */
public final class Operations implements OperationsStore, AutoCloseable {

    /** Nothing is kept on disk: this is how often the follower looks around. */
    private static final Duration KEEPING = Duration.ofSeconds(10);

    private final OperationsSettings settings;
    private final CorrectionCounts corrections;
    private final OperationsFeed feed;
    private final TopicFollower follower;
    private final GroupLags lags;
    private final ModelFigures figures;
    private final Set<String> replayed = ConcurrentHashMap.newKeySet();

    private Operations(OperationsSettings settings, RecordStore records, Clock clock) {
        this.settings = settings;
        this.corrections = new CorrectionCounts(records);
        this.feed = new OperationsFeed(settings, clock);
        this.figures = ModelFigures.of(settings.models());
        List<String> ours = Stream.concat(
                        settings.streams().stream().map(OperatedStream::name),
                        Stream.of(DeadLetterReader.ACTIONS, "desk"))
                .map(name -> settings.topics().prefix() + name + ".")
                .toList();
        this.lags = new GroupLags(settings.kafka(), topic -> ours.stream().anyMatch(topic::startsWith));
        this.follower = TopicFollower.start("console-operations", settings.kafka(), KEEPING, feed);
    }

    /**
     * Begins to follow the topics.
     *
     * @param records tell what people have corrected
     */
    public static Operations open(OperationsSettings settings, RecordStore records, Clock clock) {
        return new Operations(settings, records, clock);
    }

    @Override
    public OperationsView operations() {
        return new OperationsView(
                settings.streams().stream().map(stream -> view(stream.name())).toList(), lags.lags());
    }

    private StreamView view(String stream) {
        Counted counted = feed.counted(stream);
        List<ModelView> models = counted.models().entrySet().stream()
                .map(model -> new ModelView(
                        model.getKey().getName(),
                        model.getKey().getVersion(),
                        model.getValue(),
                        figures.of(model.getKey())))
                .sorted(Comparator.comparing(ModelView::scored)
                        .reversed()
                        .thenComparing(ModelView::name)
                        .thenComparing(ModelView::version))
                .toList();
        return new StreamView(
                stream,
                counted.perMinute(),
                counted.latencyMillis(),
                models,
                counted.abstained(),
                counted.deadLetters(),
                corrections.of(stream));
    }

    /** Only the newest are listed, without their bytes; {@link #deadLetter} has them. */
    @Override
    public DeadLetterPage deadLetters(Optional<String> stream, Optional<String> after, int limit) {
        stream.filter(name -> !feed.streams().contains(name)).ifPresent(name -> {
            throw new IllegalArgumentException(
                    "stream '" + name + "': allowed is one of " + String.join(", ", feed.streams()));
        });
        Optional<LetterPlace> last = after.map(LetterPlace::read);
        List<DeadLetterView> rest = feed.letters(stream).stream()
                .filter(letter -> last.isEmpty() || LetterPlace.of(letter).compareTo(last.get()) > 0)
                .toList();
        List<DeadLetterView> page =
                rest.stream().limit(limit).map(this::withReplayed).toList();
        return new DeadLetterPage(
                feed.letterCount(stream),
                page,
                page.size() == rest.size()
                        ? Optional.empty()
                        : Optional.of(LetterPlace.of(page.get(page.size() - 1)).cursor()));
    }

    private DeadLetterView withReplayed(DeadLetterView letter) {
        return replayed.contains(address(letter.topic(), letter.partition(), letter.offset()))
                ? letter.asReplayed()
                : letter;
    }

    @Override
    public Optional<DeadLetterView> deadLetter(String topic, int partition, long offset) {
        if (!feed.reader().has(topic)) {
            return Optional.empty();
        }
        return TopicFollower.recordAt(settings.kafka(), new TopicPartition(topic, partition), offset)
                .filter(record -> record.value() != null)
                .flatMap(record -> {
                    try {
                        return Optional.of(
                                feed.reader().read(record, true, replayed.contains(address(topic, partition, offset))));
                    } catch (WireFormatException e) {
                        return Optional.empty();
                    }
                });
    }

    /** Tells that a dead letter was sent again, for as long as this runs. */
    public void replayed(String topic, int partition, long offset) {
        replayed.add(address(topic, partition, offset));
    }

    private static String address(String topic, int partition, long offset) {
        return topic + "/" + partition + "/" + offset;
    }

    @Override
    public void close() {
        follower.close();
        lags.close();
    }
}

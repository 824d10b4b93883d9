package dev.vorrang.console.mail;

import dev.vorrang.console.index.ConsoleStream;
import dev.vorrang.console.index.RecordFeed;
import dev.vorrang.console.operations.OperatedStream;
import dev.vorrang.console.operations.OperatedStream.Facts;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Topics;
import java.util.List;
import java.util.Optional;

/** The mails, with their texts. */
public final class MailConsole implements ConsoleStream {

    /** Name of the stream. */
    public static final String NAME = "mail";

    private final Topics topics;

    public MailConsole(Topics topics) {
        this.topics = topics;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** What tells how the stream does. */
    public static OperatedStream<MailScore> operated(Topics topics) {
        return new OperatedStream<>(
                NAME,
                topics.mailScored(),
                score -> new Facts(
                        score.getScoredAt(),
                        Optional.of(score.getReceivedAt()),
                        List.of(score.getModel()),
                        Optional.of(score.getAbstained())),
                topics.mailDeadLetters());
    }

    @Override
    public List<RecordFeed<?, ?>> feeds() {
        return List.of(new MailFeed(topics));
    }
}

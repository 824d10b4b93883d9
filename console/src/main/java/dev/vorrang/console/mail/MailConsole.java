package dev.vorrang.console.mail;

import dev.vorrang.console.index.ConsoleStream;
import dev.vorrang.console.index.RecordFeed;
import dev.vorrang.schemas.Topics;
import java.util.List;

/** The mails, with their texts. */
public final class MailConsole implements ConsoleStream {

    private final Topics topics;

    public MailConsole(Topics topics) {
        this.topics = topics;
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public List<RecordFeed<?, ?>> feeds() {
        return List.of(new MailFeed(topics));
    }
}

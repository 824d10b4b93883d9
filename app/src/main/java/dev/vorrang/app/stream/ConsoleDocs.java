package dev.vorrang.app.stream;

import dev.vorrang.app.kit.TopicDocs;
import dev.vorrang.app.kit.TopicDocs.Entry;
import dev.vorrang.schemas.Topics;
import java.util.List;

/** What the reference of topics says of the console. */
public final class ConsoleDocs {

    private ConsoleDocs() {}

    public static TopicDocs of(Topics names) {
        return new TopicDocs(
                List.of(new Entry(
                        names.consoleAudit(),
                        "Console: logins, tokens and other security-relevant operations, kept for a year.")),
                List.of());
    }
}

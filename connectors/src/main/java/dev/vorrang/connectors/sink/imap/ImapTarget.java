package dev.vorrang.connectors.sink.imap;

import dev.vorrang.connectors.sink.ActionTemplate;
import dev.vorrang.connectors.sink.ActionValues;
import dev.vorrang.connectors.sink.DeliveryException;
import dev.vorrang.connectors.sink.Target;
import dev.vorrang.ingest.imap.ChangeRefusedException;
import dev.vorrang.ingest.imap.MailChange;
import dev.vorrang.ingest.imap.MailLocation;
import dev.vorrang.ingest.imap.MailboxEditor;
import dev.vorrang.ingest.imap.MailboxRefusedException;
import dev.vorrang.schemas.Action;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes the mail that an action is about. */
final class ImapTarget implements Target {

    private static final Logger log = LoggerFactory.getLogger(ImapTarget.class);
    /** A server may lock an account after a few wrong logins. */
    private static final Duration AFTER_REFUSED_LOGIN = Duration.ofMinutes(5);

    private final ImapSinkConfig config;
    private final MailboxEditor mailbox;
    private final List<ActionTemplate> flags;
    private final List<ActionTemplate> labels;
    private final ActionTemplate copyTo;
    private final ActionTemplate moveTo;

    /** @throws org.apache.kafka.common.config.ConfigException if certificates cannot be read */
    ImapTarget(ImapSinkConfig config) {
        this.config = config;
        this.mailbox = new MailboxEditor(
                config.account(), config.attemptTimeout(), config.searched(), config.creates(), config.mostBytes());
        this.flags = config.flags();
        this.labels = config.labels();
        this.copyTo = config.copyTo();
        this.moveTo = config.moveTo();
    }

    @Override
    public void deliver(List<Action> actions) throws DeliveryException {
        for (var action : actions) {
            try {
                deliver(action);
            } catch (ChangeRefusedException e) {
                throw e.isTemporary()
                        ? DeliveryException.unavailable(e.getMessage(), e)
                        : DeliveryException.failed(e.getMessage(), e);
            } catch (MailboxRefusedException e) {
                throw DeliveryException.unavailable(e.getMessage(), Optional.of(AFTER_REFUSED_LOGIN));
            } catch (IOException e) {
                throw DeliveryException.unavailable(e.getMessage(), e);
            }
        }
    }

    private void deliver(Action action)
            throws DeliveryException, ChangeRefusedException, MailboxRefusedException, IOException {
        if (action.getTest()) {
            mailbox.check();
            log.info("test action {}: the mailbox can be changed, no mail is", action.getId());
            return;
        }
        var location = location(action);
        var outcome = mailbox.change(action.getRecord(), location, action.getTime(), change(action));
        if (outcome != MailboxEditor.Outcome.DONE) {
            log.info(
                    "action {}: mail {} of '{}' {}",
                    action.getId(),
                    action.getRecord(),
                    location.folder(),
                    outcome == MailboxEditor.Outcome.GONE
                            ? "is gone, nothing is done"
                            : "was put elsewhere by somebody, and stays there");
        }
    }

    private MailLocation location(Action action) throws DeliveryException {
        if (action.getCount() > 1) {
            throw DeliveryException.refused(
                    "the action is about " + action.getCount() + " records: allowed is one mail, without a group",
                    null);
        }
        var location = MailLocation.parse(action.getLink())
                .orElseThrow(() -> DeliveryException.refused(
                        "the record is no mail of an IMAP server: its link is " + action.getLink(), null));
        if (!location.user().equalsIgnoreCase(config.user())) {
            throw DeliveryException.refused(
                    "the mail is of the mailbox of " + location.user() + ", this sink changes that of " + config.user(),
                    null);
        }
        return location;
    }

    private MailChange change(Action action) throws DeliveryException {
        var values = ActionValues.of(action, Map.of());
        var queues = Stream.of(action.getFields().getOrDefault("queues", "").split(","))
                .map(String::strip)
                .toList();
        var folder = config.folderOf(queues);
        return new MailChange(
                rendered(flags, values),
                rendered(labels, values),
                given(copyTo.render(values)),
                folder.isPresent() ? folder : given(moveTo.render(values)));
    }

    private static List<String> rendered(List<ActionTemplate> templates, Map<String, Object> values)
            throws DeliveryException {
        var texts = new ArrayList<String>();
        for (var template : templates) {
            given(template.render(values)).ifPresent(texts::add);
        }
        return texts;
    }

    private static Optional<String> given(String text) {
        return Optional.of(text.strip()).filter(stripped -> !stripped.isEmpty());
    }

    @Override
    public void close() {
        mailbox.close();
    }
}

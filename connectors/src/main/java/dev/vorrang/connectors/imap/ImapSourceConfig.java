package dev.vorrang.connectors.imap;

import dev.vorrang.connectors.settings.SettingProblems;
import dev.vorrang.ingest.imap.ImapAccount;
import dev.vorrang.ingest.imap.ReadingPlan;
import dev.vorrang.ingest.imap.StartAt;
import dev.vorrang.ingest.mail.DecoderLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/** Settings of the IMAP source, as typed values. {@link ImapSettings} has their names and what is allowed. */
public final class ImapSourceConfig extends AbstractConfig {

    /**
     * @param properties as Connect gives them
     * @throws ConfigException if a setting is missing or wrong
     */
    public ImapSourceConfig(Map<String, String> properties) {
        super(ImapSettings.DEFINITION, properties, false);
        problems(properties).check();
    }

    /** What is wrong with settings that each for itself may be right. */
    static SettingProblems problems(Map<String, String> properties) {
        var problems = new SettingProblems(properties);
        problems.renamed("sweep.interval.ms", ImapSettings.POLL_INTERVAL_MS);
        ImapConnectionSettings.check(problems);
        return problems;
    }

    /** Topic of the mails. */
    String topic() {
        return getString(ImapSettings.TOPIC);
    }

    /** Topic that takes where a folder began, with start=new. */
    String startTopic() {
        var topic = getString(ImapSettings.START_TOPIC);
        return topic.isEmpty() ? topic() + ".start" : topic;
    }

    /** Names of the folders, each once. */
    public List<String> folders() {
        return getList(ImapSettings.FOLDERS).stream().distinct().toList();
    }

    /** What the offsets are kept under. */
    String accountName() {
        var name = getString(ImapSettings.ACCOUNT);
        return name.isEmpty() ? getString(ImapSettings.LOGIN.user()) + "@" + getString(ImapSettings.HOST) : name;
    }

    /** Most mails that a poll gives to Connect. */
    int batchSize() {
        return getInt(ImapSettings.BATCH_SIZE);
    }

    /**
     * The mailbox.
     *
     * @throws ConfigException if certificates or a password file cannot be read
     */
    public ImapAccount account() {
        return ImapConnectionSettings.account(this);
    }

    /** How it is read. */
    ReadingPlan plan() {
        return new ReadingPlan(
                StartAt.parse(getString(ImapSettings.START)),
                getInt(ImapSettings.PAGE_SIZE),
                getInt(ImapSettings.MAX_MESSAGE_BYTES),
                getLong(ImapSettings.BUFFER_BYTES),
                getBoolean(ImapSettings.IDLE),
                Duration.ofMillis(getLong(ImapSettings.POLL_INTERVAL_MS)),
                Duration.ofMillis(getLong(ImapSettings.RETRY_MAX_MS)));
    }

    /** How mails are decoded. */
    DecoderLimits limits() {
        var usual = DecoderLimits.defaults();
        return new DecoderLimits(
                usual.depth(), usual.parts(), usual.headerBytes(), getInt(ImapSettings.TEXT_LIMIT), usual.time());
    }
}

package dev.vorrang.schemas;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** All topics of Vorrang. Names start with a configurable prefix. Immutable. */
public final class Topics {

    private static final String THREAD = "thread";
    private static final String MACHINE = "machine";
    private static final String ITEM = "item, or item@location";
    private static final Pattern QUEUE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,99}");
    /** Names of topics beside those of the sinks. */
    private static final List<String> NO_SINKS = List.of("dead-letters", "undecided");

    private static final Pattern PREFIX = Pattern.compile("[a-zA-Z0-9._-]{0,100}");
    /**
     * Retention counts from a record's timestamp. With the time of the mail, an old mailbox would be deleted from the topic as it
     * arrives, before it is scored. Therefore the broker sets the timestamp when it appends a record.
     */
    private static final Map<String, String> MAILS = Map.of("message.timestamp.type", "LogAppendTime");
    /** As for mails: recorded readings may be older than the retention. */
    private static final Map<String, String> MACHINES = MAILS;
    /** As for mails: orders of past years may be replayed. */
    private static final Map<String, String> ORDERS = MAILS;
    /** Mails are cut at their text limits far below this; dead letters contain the original bytes. */
    private static final Map<String, String> LARGE =
            Map.of("message.timestamp.type", "LogAppendTime", "max.message.bytes", "8388608");

    private final String prefix;

    /**
     * @param prefix of each name; letters, digits, dot, underscore and hyphen, at most 100, may be empty
     * @throws IllegalArgumentException if the prefix has other characters
     */
    public Topics(String prefix) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "topic prefix '" + prefix + "': allowed are up to 100 of a-z, A-Z, 0-9, '.', '_' and '-'");
        }
        this.prefix = prefix;
    }

    /** What each name starts with. */
    public String prefix() {
        return prefix;
    }

    public Topic<EmailMessage> mailReceived() {
        return new Topic<>(prefix + "mail.received", THREAD, EmailMessage.class, LARGE);
    }

    /**
     * Gets a record without value for each folder of which only new mails are read, because Kafka Connect stores an offset only
     * with a record. It has no consumer.
     */
    public Topic<EmailMessage> mailStarts() {
        return new Topic<>(
                mailReceived().name() + ".start",
                "mailbox and folder",
                EmailMessage.class,
                Map.of("cleanup.policy", "compact"));
    }

    /**
     * Where the embedded worker keeps how far every source was read. Named after the mails since before there were other streams: with
     * another name all sources would be read again.
     */
    public String sourceOffsets() {
        return mailReceived().name() + ".offsets";
    }

    public Topic<MailScore> mailScored() {
        return new Topic<>(prefix + "mail.scored", THREAD, MailScore.class, MAILS);
    }

    /**
     * Checks the name of a queue.
     *
     * @throws IllegalArgumentException unless it has lower-case letters, digits, underscore and hyphen only, starts with a letter or
     *     digit, and has 1 to 100 characters
     */
    public static void checkQueue(String queue) {
        if (!QUEUE.matcher(queue).matches()) {
            throw new IllegalArgumentException("queue '" + queue
                    + "': allowed are up to 100 of a-z, 0-9, '_' and '-', the first a letter or digit");
        }
    }

    /** @throws IllegalArgumentException if the name of the queue is not valid, see {@link #checkQueue} */
    public Topic<MailScore> mailRoute(String queue) {
        checkQueue(queue);
        return new Topic<>(prefix + "mail.route." + queue, THREAD, MailScore.class, MAILS);
    }

    public Topic<DeadLetter> mailDeadLetters() {
        return new Topic<>(prefix + "mail.dead-letters", "key of the record", DeadLetter.class, LARGE);
    }

    /** Topics of the mail stream, including those of the given queues. */
    public List<Topic<?>> mail(List<String> queues) {
        var topics = new java.util.ArrayList<Topic<?>>(List.of(mailReceived(), mailScored(), mailDeadLetters()));
        queues.forEach(queue -> topics.add(mailRoute(queue)));
        return List.copyOf(topics);
    }

    public Topic<SensorReading> machineReadings() {
        return new Topic<>(prefix + "machine.readings", MACHINE, SensorReading.class, MACHINES);
    }

    public Topic<MachineScore> machineScored() {
        return new Topic<>(prefix + "machine.scored", MACHINE, MachineScore.class, MACHINES);
    }

    public Topic<MachineAlert> machineAlerts() {
        return new Topic<>(prefix + "machine.alerts", MACHINE, MachineAlert.class, MACHINES);
    }

    /** @throws IllegalArgumentException if the name of the queue is not valid, see {@link #checkQueue} */
    public Topic<MachineAlert> machineRoute(String queue) {
        checkQueue(queue);
        return new Topic<>(prefix + "machine.route." + queue, MACHINE, MachineAlert.class, MACHINES);
    }

    /** The last record of a machine is in force; one without value ends its maintenance. Has as many partitions as the readings. */
    public Topic<Maintenance> machineMaintenance() {
        return new Topic<>(
                prefix + "machine.maintenance", MACHINE, Maintenance.class, Map.of("cleanup.policy", "compact"));
    }

    /** Each record makes what is open of its machine normal. Has as many partitions as the readings. */
    public Topic<Acceptance> machineAccepted() {
        return new Topic<>(prefix + "machine.accepted", MACHINE, Acceptance.class, MACHINES);
    }

    public Topic<DeadLetter> machineDeadLetters() {
        return new Topic<>(prefix + "machine.dead-letters", "key of the record", DeadLetter.class, LARGE);
    }

    /** Topics of the machine stream. */
    public List<Topic<?>> machine() {
        return List.of(
                machineReadings(),
                machineScored(),
                machineAlerts(),
                machineMaintenance(),
                machineAccepted(),
                machineDeadLetters());
    }

    public Topic<DemandObservation> demandObserved() {
        return new Topic<>(prefix + "demand.observed", ITEM, DemandObservation.class, ORDERS);
    }

    /** The last record of an item is in force. Has as many partitions as what is observed. */
    public Topic<DemandStock> demandStock() {
        return new Topic<>(prefix + "demand.stock", ITEM, DemandStock.class, Map.of("cleanup.policy", "compact"));
    }

    public Topic<DemandForecast> demandForecast() {
        return new Topic<>(prefix + "demand.forecast", ITEM, DemandForecast.class, ORDERS);
    }

    public Topic<DemandAlert> demandAlerts() {
        return new Topic<>(prefix + "demand.alerts", ITEM, DemandAlert.class, ORDERS);
    }

    public Topic<DeadLetter> demandDeadLetters() {
        return new Topic<>(prefix + "demand.dead-letters", "key of the record", DeadLetter.class, LARGE);
    }

    /** Topics of the demand stream. */
    public List<Topic<?>> demand() {
        return List.of(demandObserved(), demandStock(), demandForecast(), demandAlerts(), demandDeadLetters());
    }

    /**
     * Checks the name of a sink.
     *
     * @throws IllegalArgumentException unless it is valid for a queue, see {@link #checkQueue}, and its topic is no other one
     */
    public static void checkSink(String sink) {
        if (!QUEUE.matcher(sink).matches() || NO_SINKS.contains(sink)) {
            throw new IllegalArgumentException("sink '" + sink
                    + "': allowed are up to 100 of a-z, 0-9, '_' and '-', the first a letter or digit, but not "
                    + String.join(" or ", NO_SINKS));
        }
    }

    /**
     * What a sink has to do.
     *
     * @throws IllegalArgumentException if the name is not valid, see {@link #checkSink}
     */
    public Topic<Action> actions(String sink) {
        checkSink(sink);
        return new Topic<>(prefix + "actions." + sink, "id of the record", Action.class, LARGE);
    }

    /** Actions that a sink could not carry out, as they were, with the cause in Connect's headers. */
    public Topic<Action> actionsDeadLetters() {
        return new Topic<>(prefix + "actions.dead-letters", "id of the record", Action.class, LARGE);
    }

    /** Scored records and desk events on which no action could be decided. */
    public Topic<DeadLetter> actionsUndecided() {
        return new Topic<>(prefix + "actions.undecided", "key of the record", DeadLetter.class, LARGE);
    }

    /** What people did, append-only and kept for good: it cannot be had anew from elsewhere, and consoles are rebuilt from it. */
    public Topic<DeskEvent> deskEvents() {
        return new Topic<>(
                prefix + "desk.events",
                "id of the record",
                DeskEvent.class,
                Map.of("message.timestamp.type", "LogAppendTime", "retention.ms", "-1"));
    }

    /** Where each record stands: its latest state. */
    public Topic<DeskState> deskState() {
        return new Topic<>(
                prefix + "desk.state", "id of the record", DeskState.class, Map.of("cleanup.policy", "compact"));
    }

    /** What people did in the console that matters for security. Key: name of the user. */
    public Topic<ConsoleAudit> consoleAudit() {
        return new Topic<>(
                prefix + "console.audit",
                "name of the user",
                ConsoleAudit.class,
                Map.of("message.timestamp.type", "LogAppendTime", "retention.ms", "31536000000"));
    }
}

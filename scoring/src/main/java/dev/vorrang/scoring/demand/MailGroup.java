package dev.vorrang.scoring.demand;

/** By what mails are counted as demand. */
public enum MailGroup {
    QUEUE,
    TOPIC,
    LANGUAGE
}

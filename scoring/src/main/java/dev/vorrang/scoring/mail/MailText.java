package dev.vorrang.scoring.mail;

/**
 * What a mail model reads.
 *
 * @param subject may be empty
 * @param body the new text of the mail, may be empty
 */
public record MailText(String subject, String body) {}

/** Kafka Connect source of mails: the adapter between {@link dev.vorrang.ingest.imap.MailboxReader} and Connect. */
package dev.vorrang.connectors.imap;

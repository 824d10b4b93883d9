/**
 * Reads folders of IMAP mailboxes (RFC 3501) to the last mail, over lost connections, restarts and renumbered folders.
 * {@link dev.vorrang.ingest.imap.MailboxReader} is the way in; each folder has a connection and a thread of its own.
 */
package dev.vorrang.ingest.imap;

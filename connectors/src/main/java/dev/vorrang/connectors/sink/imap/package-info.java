/** Actions in the mailbox that a mail came from: keywords, labels, folders. */
package dev.vorrang.connectors.sink.imap;

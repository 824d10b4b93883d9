/** Actions as mails to people. */
package dev.vorrang.connectors.sink.mail;

/** How scored mails are found and shown. */
package dev.vorrang.console.mail;

/** Sanitizing of untrusted text and redaction of secrets, before they are shown in terminal, log, health or error messages. */
package dev.vorrang.schemas.text;

/**
 * Untrusted text: what is unsafe in it and known secrets are taken out before it is shown in terminal, log, health or error messages; and
 * how much two texts resemble each other.
 */
package dev.vorrang.schemas.text;

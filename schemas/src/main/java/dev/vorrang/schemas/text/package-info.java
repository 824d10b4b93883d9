/** Text that others wrote, and secrets, on their way to where people read them: terminal, log, health, messages of errors. */
package dev.vorrang.schemas.text;

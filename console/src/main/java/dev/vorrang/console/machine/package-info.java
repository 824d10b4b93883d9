/** What is shown of machines: their alerts as records, their readings combined by minute, and how they are now. */
package dev.vorrang.console.machine;

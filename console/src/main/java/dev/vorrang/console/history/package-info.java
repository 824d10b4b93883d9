/** Keeps what the topics do not have in a form that can be shown, on disk and bounded: rebuilt from the topics whenever it is lost. */
package dev.vorrang.console.history;

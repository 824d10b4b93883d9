/** The console: what was scored, for the people who work with it. */
package dev.vorrang.console;

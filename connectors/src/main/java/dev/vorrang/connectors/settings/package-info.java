/** Blocks of settings that several connectors have: each is declared, checked and read in one place. */
package dev.vorrang.connectors.settings;

/**
 * The settings of the program: one file, {@code vorrang.yaml}, and environment variables over it.
 *
 * <p>Each section is a record that declares its keys, reads them and hands out typed values. All problems of a file are
 * reported at once. The file is read with SnakeYAML itself, for its tree knows the line of each key; configuration libraries
 * flatten the tree to properties, and with it lose lines, duplicate keys and the difference between a list and a value.
 */
package dev.vorrang.app.settings;

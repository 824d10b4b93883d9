/** Mails from files, scored without Kafka: what {@code vorrang score mail} does. */
package dev.vorrang.app.streams.mail.score;

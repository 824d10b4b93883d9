/** Models whose weights are too large to ship: they are fetched from a Maven repository. */
package dev.vorrang.app.streams.mail.fetch;

/** The small HTTP server that registry, metrics and health share: HTTP/1.1 in the clear, for this machine or a network of one's own. */
package dev.vorrang.embedded.http;

/** HTTP server of registry, metrics and health: HTTP/1.1 without TLS, for this machine or a trusted network. */
package dev.vorrang.embedded.http;

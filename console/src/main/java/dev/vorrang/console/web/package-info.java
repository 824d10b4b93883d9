/** The console's HTTP server. The one package that knows Undertow. */
package dev.vorrang.console.web;

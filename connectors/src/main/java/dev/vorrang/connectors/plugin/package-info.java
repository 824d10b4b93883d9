/** What all connectors of the plugin share. */
package dev.vorrang.connectors.plugin;

/** Actions as HTTP requests: webhooks, chats, tickets. */
package dev.vorrang.connectors.sink.http;

package dev.vorrang.console.web;

/** Body of the reply that goes on as long as the connection does. */
enum LiveStream {
    INSTANCE
}

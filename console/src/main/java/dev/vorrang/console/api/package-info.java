/**
 * The HTTP API as declarations: each route says once what it takes, who may call it and what it answers. Routing, authorisation,
 * validation and the OpenAPI description are made from them. Knows no HTTP server.
 */
package dev.vorrang.console.api;

package dev.vorrang.embedded.http;

/**
 * A request, complete.
 *
 * @param method in capitals, as HTTP has it
 * @param path begins with a slash, still encoded
 * @param query without its question mark, still encoded; empty if there is none
 * @param body as it came; empty if there is none
 */
public record HttpCall(String method, String path, String query, byte[] body) {}

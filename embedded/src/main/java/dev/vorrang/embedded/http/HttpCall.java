package dev.vorrang.embedded.http;

/**
 * A complete HTTP request.
 *
 * @param method in capitals
 * @param path with a leading slash, percent-encoded
 * @param query without question mark, percent-encoded; may be empty
 * @param authorization header of that name; empty if there is none
 * @param body may be empty
 */
public record HttpCall(String method, String path, String query, String authorization, byte[] body) {}

package io.signalbox.gateway.notification;

/**
 * One mistake in a JSON body.
 *
 * @param pointer where, as a JSON pointer (RFC 6901); empty for the whole body
 * @param detail what would be right, as a sentence part: "must be a text"; never holds the value
 */
public record FieldProblem(String pointer, String detail) {}

package io.signalbox.gateway.config;

/**
 * A value as it was written.
 *
 * @param source where: a file's path, {@code environment} or {@code command line}
 * @param writtenKey the key as it stands there
 * @param text the value's text
 */
record RawValue(String source, String writtenKey, String text) {}

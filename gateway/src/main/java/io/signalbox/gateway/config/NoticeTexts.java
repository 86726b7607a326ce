package io.signalbox.gateway.config;

/**
 * Sentences for end users, in which <code>{channel}</code> and <code>{fallback}</code> stand for
 * names of channels.
 *
 * @param reduced a channel works, with less in reserve
 * @param delayed a channel is late
 * @param fallback a fallback channel takes over
 * @param refused a notification could not be taken
 */
public record NoticeTexts(String reduced, String delayed, String fallback, String refused) {}

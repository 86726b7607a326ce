package io.signalbox.gateway.config;

/**
 * How plugins are changed over HTTP.
 *
 * @param upload whether they may be
 * @param keepVersions how many former jars of each plugin are kept
 * @param keepBytes how many bytes the kept jars of all plugins may have
 */
public record PluginChanges(boolean upload, int keepVersions, long keepBytes) {}

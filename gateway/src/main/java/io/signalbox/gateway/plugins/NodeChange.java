package io.signalbox.gateway.plugins;

/**
 * What a change of a plugin came to on another node.
 *
 * @param node its address
 * @param outcome as of a change here, or why there was none
 * @param detail for people; may be empty
 * @param goesOn whether further nodes may follow
 */
public record NodeChange(String node, String outcome, String detail, boolean goesOn) {}

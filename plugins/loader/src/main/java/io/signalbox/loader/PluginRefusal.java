package io.signalbox.loader;

import java.nio.file.Path;

/**
 * A jar that is not loaded, or not any more.
 *
 * @param file the jar
 * @param reason what is wrong and what would be right
 */
public record PluginRefusal(Path file, String reason) implements Refusal {}

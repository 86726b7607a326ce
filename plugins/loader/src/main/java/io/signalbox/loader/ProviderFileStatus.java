package io.signalbox.loader;

import java.nio.file.Path;

/**
 * A provider file as the folder sees it now.
 *
 * @param file the file
 * @param id the provider's id; empty if the file's name is not one
 * @param plugin the plugin that it names; empty if it cannot be read
 * @param state what became of its present content
 * @param detail why, for a person; empty if it runs
 * @param running whether the provider runs, be it from the present content or from an earlier one
 */
public record ProviderFileStatus(
    Path file, String id, String plugin, State state, String detail, boolean running) {

  /** What became of a file's content. */
  public enum State {
    /** The provider runs as the file says. */
    RUNNING,
    /** The gateway has not finished starting or replacing it. */
    CHANGING,
    /** The file is good, and waits for the jar of its plugin. */
    WAITING,
    /** The file says {@code enabled: false}. */
    DISABLED,
    /** The file has mistakes. */
    REFUSED,
    /**
     * The gateway keeps what ran before, because this is not fit to take over yet; tried again by
     * itself.
     */
    KEPT_BACK,
    /** The gateway could not start it; tried again when the file or the plugin changes. */
    FAILED
  }
}

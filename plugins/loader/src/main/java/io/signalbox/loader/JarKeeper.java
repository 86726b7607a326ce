package io.signalbox.loader;

import io.signalbox.loader.check.PluginJar;
import java.nio.file.Path;

/** Hears of each jar that is taken into use, for those who keep what was in use before. */
@FunctionalInterface
public interface JarKeeper {

  /** Keeps nothing. */
  JarKeeper NONE = (file, staged) -> {};

  /**
   * A jar was verified, loaded, and is what its plugin's providers run on from now on, or are
   * started on. Called on the folder's thread, which it may block for as long as a copy takes; once
   * for each content of a file while it stays there.
   *
   * @param file where the jar was found
   * @param staged the private copy, which is deleted when it is not used any more
   */
  void taken(Path file, PluginJar staged);
}

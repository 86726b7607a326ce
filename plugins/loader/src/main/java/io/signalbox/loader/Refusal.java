package io.signalbox.loader;

import java.nio.file.Path;

/** A file of the plugins folder that is not used as it stands. What ran before it keeps running. */
public sealed interface Refusal permits PluginRefusal, ProviderFileRefusal {

  /** The file. */
  Path file();

  /** Why, for a person; holds no value of the file's content, so no secret. */
  String reason();
}

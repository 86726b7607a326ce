package io.signalbox.gateway.policy;

import io.signalbox.gateway.config.ConfigMistake;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells whether files can be used together, before they are in the folder of policies. */
public final class PolicyCheck {
  private PolicyCheck() {}

  /**
   * What would stop the start of a gateway whose folder has these files and no others; empty if
   * nothing would. Blocks.
   */
  public static List<ConfigMistake> mistakes(Collection<Path> files) {
    Map<Path, PolicyFile.Content> contents = new HashMap<>();
    files.forEach(file -> contents.computeIfAbsent(file.normalize(), PolicyFile::read));
    return RefusedPolicy.mistakes(new PolicyAssembly(Map.of()).with(contents).refused());
  }
}

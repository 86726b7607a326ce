package io.signalbox.loader;

import io.signalbox.spi.Channel;
import io.signalbox.spi.ConfigProblem;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a provider file and the present plugins make together.
 *
 * @param entry the file
 * @param wanted what should run; null if nothing should (yet)
 * @param problems the file's mistakes, also those that only its plugin shows
 */
record ProviderMatch(
    ProviderFiles.Entry entry, ProviderRuns.@Nullable Run wanted, List<FileProblem> problems) {

  /**
   * Matches a file.
   *
   * @param plugins the plugin to use of each name
   * @param running what runs under the file's id now
   */
  static ProviderMatch of(
      ProviderFiles.Entry entry,
      Map<String, LoadedPlugin> plugins,
      Optional<ProviderRuns.Run> running) {
    ProviderDefinition definition = entry.definition();
    List<FileProblem> problems = entry.content().problems();
    LoadedPlugin plugin = definition == null ? null : plugins.get(definition.plugin());
    if (definition == null || plugin == null) {
      return new ProviderMatch(entry, null, problems);
    }
    Collection<Channel> carried = plugin.descriptor().channels();
    if (definition.channels().isEmpty()) {
      definition = definition.withChannels(plugin.descriptor().channels());
    } else if (!carried.containsAll(definition.channels())) {
      String names =
          carried.stream().map(Channel::wireName).sorted().collect(Collectors.joining(", "));
      ConfigProblem problem =
          new ConfigProblem("channels", "plugin " + plugin.name() + " carries only " + names);
      return new ProviderMatch(
          entry, running.orElse(null), definition.lines().place(List.of(problem)));
    }
    return new ProviderMatch(entry, new ProviderRuns.Run(definition, plugin), problems);
  }

  /** The status for people. */
  ProviderFileStatus status(ProviderRuns runs) {
    String id = entry.id();
    boolean running = runs.running(id).isPresent();
    if (!problems.isEmpty()) {
      String reason = new ProviderFileRefusal(entry.file(), problems).reason();
      // A second file of the same id has no part in what runs.
      return status(ProviderFileStatus.State.REFUSED, reason, running && wanted != null);
    }
    if (runs.isChanging(id)) {
      return status(ProviderFileStatus.State.CHANGING, "being started or stopped", running);
    }
    if (entry.content().disabled()) {
      return status(ProviderFileStatus.State.DISABLED, "enabled: false", running);
    }
    if (wanted == null) {
      String detail = "waiting for plugin " + entry.content().plugin();
      return status(ProviderFileStatus.State.WAITING, detail, running);
    }
    Optional<Throwable> failure = runs.failure(id);
    if (failure.isPresent()) {
      String reason = wanted.definition().lines().reason(failure.get());
      return status(
          failure.get() instanceof KeptBackException
              ? ProviderFileStatus.State.KEPT_BACK
              : ProviderFileStatus.State.FAILED,
          reason,
          running);
    }
    if (runs.running(id).filter(wanted::isSame).isEmpty()) {
      return status(ProviderFileStatus.State.CHANGING, "about to be started", running);
    }
    return status(ProviderFileStatus.State.RUNNING, "", true);
  }

  private ProviderFileStatus status(
      ProviderFileStatus.State state, String detail, boolean running) {
    return new ProviderFileStatus(
        entry.file(), entry.id(), entry.content().plugin(), state, detail, running);
  }
}

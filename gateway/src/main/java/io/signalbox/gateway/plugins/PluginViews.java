package io.signalbox.gateway.plugins;

import io.signalbox.gateway.plugins.PluginView.State;
import io.signalbox.loader.Leak;
import io.signalbox.loader.PluginStatus;
import io.signalbox.loader.ProviderFileStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts together what the folder, its providers and the kept jars say of plugins. Pure. */
final class PluginViews {
  private final List<ProviderFileStatus> providers;
  private final Map<String, PluginRecord> records;
  private final List<String> leaks;

  private PluginViews(
      List<ProviderFileStatus> providers, Map<String, PluginRecord> records, List<String> leaks) {
    this.providers = providers;
    this.records = records;
    this.leaks = leaks;
  }

  /** All plugins, by name; of one name that in use first. */
  static List<PluginView> of(
      List<PluginStatus> jars,
      List<ProviderFileStatus> providers,
      Map<String, PluginRecord> records,
      List<String> leaks) {
    PluginViews views = new PluginViews(providers, records, leaks);
    List<PluginView> all = new ArrayList<>();
    Set<String> there = new HashSet<>();
    for (PluginStatus jar : jars) {
      PluginView view = views.of(jar);
      all.add(view);
      if (view.state() != State.DRAINING) {
        there.add(view.name());
      }
    }
    records.forEach(
        (name, record) -> {
          if (!there.contains(name) && !record.versions().isEmpty()) {
            all.add(views.removed(name, record));
          }
        });
    all.sort(
        Comparator.comparing(PluginView::name)
            .thenComparing(PluginView::state)
            .thenComparing(PluginView::file));
    return List.copyOf(all);
  }

  /** Leaks as a person reads them. */
  static List<String> texts(List<Leak> leaks) {
    return leaks.stream().map(leak -> leak.title() + ": " + leak.text()).toList();
  }

  /** Whether no provider file is in another state than running, as one that is disabled is. */
  static boolean isAllRunning(List<ProviderFileStatus> files) {
    return files.stream().allMatch(file -> file.state() == ProviderFileStatus.State.RUNNING);
  }

  private PluginView of(PluginStatus jar) {
    String name = Place.name(jar);
    PluginRecord record = records.getOrDefault(name, PluginRecord.EMPTY);
    boolean draining = jar.state() == PluginStatus.State.RETIRING;
    List<ProviderFileStatus> its =
        providers.stream()
            .filter(
                provider ->
                    draining
                        ? jar.providers().contains(provider.id())
                        : provider.plugin().equals(name))
            .toList();
    return new PluginView(
        name,
        jar.version(),
        jar.sha256(),
        draining ? "" : jar.file().getFileName().toString(),
        state(jar, its),
        lastError(jar, its),
        record.find(jar.sha256()),
        Optional.ofNullable(jar.descriptor()),
        its,
        previous(jar, record),
        leaked(name));
  }

  /** Of a file that is refused, what runs can be put back too. */
  private static List<PluginVersion> previous(PluginStatus jar, PluginRecord record) {
    return switch (jar.state()) {
      case RETIRING -> List.of();
      case REFUSED -> record.versions();
      default -> record.previous(jar.sha256());
    };
  }

  private PluginView removed(String name, PluginRecord record) {
    return new PluginView(
        name,
        "",
        "",
        "",
        State.REMOVED,
        "",
        Optional.empty(),
        Optional.empty(),
        providers.stream().filter(provider -> provider.plugin().equals(name)).toList(),
        record.versions(),
        leaked(name));
  }

  private List<String> leaked(String name) {
    return leaks.stream().filter(title -> title.startsWith(name + " ")).toList();
  }

  private static State state(PluginStatus jar, List<ProviderFileStatus> providers) {
    return switch (jar.state()) {
      case REFUSED -> State.REFUSED;
      case SUPERSEDED -> State.SUPERSEDED;
      case RETIRING -> State.DRAINING;
      case ACTIVE -> active(jar, providers);
    };
  }

  private static State active(PluginStatus jar, List<ProviderFileStatus> providers) {
    if (providers.stream().anyMatch(Verdict::isFailed)) {
      return State.FAILED;
    }
    if (providers.stream().anyMatch(one -> one.state() == ProviderFileStatus.State.CHANGING)) {
      return State.CHANGING;
    }
    return jar.providers().isEmpty() ? State.LOADED : State.RUNNING;
  }

  private static String lastError(PluginStatus jar, List<ProviderFileStatus> providers) {
    if (jar.state() != PluginStatus.State.ACTIVE) {
      return jar.detail();
    }
    if (!jar.lastError().isEmpty()) {
      return jar.lastError();
    }
    return providers.stream()
        .filter(Verdict::isFailed)
        .map(provider -> provider.id() + ": " + provider.detail())
        .findFirst()
        .orElse("");
  }
}

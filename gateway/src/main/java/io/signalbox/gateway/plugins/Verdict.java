package io.signalbox.gateway.plugins;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.plugins.Change.Outcome;
import io.signalbox.loader.FileStamp;
import io.signalbox.loader.PluginStatus;
import io.signalbox.loader.PluginStatus.State;
import io.signalbox.loader.ProviderFileStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What has become of a jar that was put into the folder.
 *
 * @param detail why, for people; empty where there is nothing to add
 */
record Verdict(Kind kind, String detail) {

  /** How far it is. */
  enum Kind {
    /** The folder has not finished with it. */
    PENDING,
    /** It is in use by at least one provider, and by every provider that was well before. */
    RUNNING,
    /** It is loaded, and no provider of it is configured to run. */
    LOADED,
    /** It cannot be loaded, or a provider that was well before does not run on it. */
    REFUSED
  }

  /**
   * Judges. Pure.
   *
   * @param target the file
   * @param content which content of it
   * @param wellBefore ids of the providers that ran on this plugin before as their files say
   * @param jars the folder's jars now
   * @param providers the provider files now
   */
  static Verdict of(
      Path target,
      FileStamp content,
      Set<String> wellBefore,
      List<PluginStatus> jars,
      List<ProviderFileStatus> providers) {
    Optional<PluginStatus> told =
        jars.stream()
            .filter(jar -> jar.file().equals(target) && content.equals(jar.stamp()))
            .findFirst();
    if (told.isEmpty()) {
      return new Verdict(Kind.PENDING, "the folder has not looked at it yet");
    }
    PluginStatus jar = told.get();
    return jar.state() == State.ACTIVE
        ? ofProviders(jar, wellBefore, providers)
        : new Verdict(Kind.REFUSED, jar.detail());
  }

  /**
   * What a change came to with it.
   *
   * @throws GatewayException of status 422 if the jar was refused
   */
  Outcome outcome() {
    return switch (kind) {
      case RUNNING -> Outcome.RUNNING;
      case LOADED -> Outcome.LOADED;
      case PENDING -> Outcome.PENDING;
      case REFUSED ->
          throw new GatewayException(
              422, "the jar was taken back, and what was there before stays: " + detail);
    };
  }

  private static Verdict ofProviders(
      PluginStatus jar, Set<String> wellBefore, List<ProviderFileStatus> providers) {
    boolean changing = false;
    boolean running = false;
    for (ProviderFileStatus provider : providers) {
      if (!provider.plugin().equals(jar.name())) {
        continue;
      }
      if (isFailed(provider) && wellBefore.contains(provider.id())) {
        return new Verdict(
            Kind.REFUSED,
            "provider " + provider.id() + " does not run on it: " + provider.detail());
      }
      boolean runsOnIt = jar.providers().contains(provider.id());
      running |= runsOnIt;
      changing |= !runsOnIt && isDue(provider);
    }
    if (changing) {
      return new Verdict(Kind.PENDING, "its providers are being started on it");
    }
    return new Verdict(running ? Kind.RUNNING : Kind.LOADED, "");
  }

  /**
   * Whether a provider is to be started on the plugin's jar soon: also one whose file has mistakes,
   * because what the file said before goes on running, on the new jar too.
   */
  private static boolean isDue(ProviderFileStatus provider) {
    return switch (provider.state()) {
      case RUNNING, CHANGING -> true;
      case REFUSED -> provider.running();
      default -> false;
    };
  }

  /** The providers of a plugin that run as their files say. */
  static Set<String> well(String plugin, List<ProviderFileStatus> providers) {
    return running(plugin, providers.stream().filter(provider -> !isFailed(provider)).toList());
  }

  /** Whether a provider should run as its file says, and does not. */
  static boolean isFailed(ProviderFileStatus provider) {
    return switch (provider.state()) {
      case RUNNING, CHANGING, WAITING, DISABLED -> false;
      default -> true;
    };
  }

  /** The providers of a plugin that run. */
  static Set<String> running(String plugin, List<ProviderFileStatus> providers) {
    return providers.stream()
        .filter(provider -> provider.running() && provider.plugin().equals(plugin))
        .map(ProviderFileStatus::id)
        .collect(Collectors.toUnmodifiableSet());
  }
}

package io.signalbox.gateway.policy;

import io.signalbox.gateway.config.ConfigMistake;
import io.signalbox.spi.Channel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts what the files say together: a file with mistakes, or one that claims what another one has,
 * is refused, and what it said before stays in force. What did not change goes first, so that a
 * change never displaces it. Used once; a pure function of what it is given.
 */
final class PolicyAssembly {
  private final Map<Path, RoutingPolicy> before;
  private final Map<Path, RoutingPolicy> inForce = new TreeMap<>();
  private final Map<Path, RefusedPolicy> refused = new TreeMap<>();
  private final Map<String, Path> claims = new HashMap<>();

  /**
   * Begins.
   *
   * @param before what was in force, by file
   */
  PolicyAssembly(Map<Path, RoutingPolicy> before) {
    this.before = before;
  }

  /** The whole of it: what the files say now. */
  PolicyAssembly with(Map<Path, PolicyFile.Content> files) {
    List<Path> changed = new ArrayList<>();
    for (Path file : new TreeSet<>(files.keySet())) {
      RoutingPolicy policy = content(files, file).policy();
      if (policy == null || !policy.equals(before.get(file)) || !claim(file, policy)) {
        changed.add(file);
      }
    }
    for (Path file : changed) {
      PolicyFile.Content content = content(files, file);
      RoutingPolicy policy = content.policy();
      if (policy == null) {
        refuse(file, content.mistakes());
      } else if (!claim(file, policy)) {
        refuse(file, List.of(conflict(file, policy)));
      }
    }
    return this;
  }

  /** What is in force, by file. */
  Map<Path, RoutingPolicy> inForce() {
    return Map.copyOf(inForce);
  }

  /** The same as a snapshot. */
  Policies policies() {
    return new Policies(
        inForce.values().stream().sorted(Comparator.comparing(RoutingPolicy::name)).toList());
  }

  List<RefusedPolicy> refused() {
    return List.copyOf(refused.values());
  }

  private static PolicyFile.Content content(Map<Path, PolicyFile.Content> files, Path file) {
    PolicyFile.Content content = files.get(file);
    if (content == null) {
      throw new IllegalStateException("no content of " + file);
    }
    return content;
  }

  private void refuse(Path file, List<ConfigMistake> mistakes) {
    refused.put(file, new RefusedPolicy(String.valueOf(file.getFileName()), mistakes));
    RoutingPolicy old = before.get(file);
    if (old != null) {
      claim(file, old);
    }
  }

  private boolean claim(Path file, RoutingPolicy policy) {
    if (inForce.size() >= Policies.MAX || taken(policy) != null) {
      return false;
    }
    claimed(policy).forEach(claim -> claims.put(claim, file));
    inForce.put(file, policy);
    return true;
  }

  private ConfigMistake conflict(Path file, RoutingPolicy policy) {
    String claim = taken(policy);
    Path other = claim == null ? null : claims.get(claim);
    String expected =
        other == null
            ? "must be one of at most " + Policies.MAX + " policies"
            : "must not claim the " + claim + ": " + other + " does";
    return new ConfigMistake(file.toString(), "", expected);
  }

  private @Nullable String taken(RoutingPolicy policy) {
    return claimed(policy).stream().filter(claims::containsKey).findFirst().orElse(null);
  }

  private static List<String> claimed(RoutingPolicy policy) {
    List<String> claimed = new ArrayList<>();
    claimed.add("name " + policy.name());
    new TreeSet<>(policy.types()).forEach(type -> claimed.add("type " + type));
    for (Channel channel : new TreeSet<>(policy.channels())) {
      claimed.add("channel " + channel.wireName());
    }
    return claimed;
  }
}

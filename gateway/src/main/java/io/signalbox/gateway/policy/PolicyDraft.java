package io.signalbox.gateway.policy;

import io.signalbox.gateway.config.ConfigMistake;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What would come of a policy's file that is not in the folder yet, beside the policies in force.
 *
 * @param file the name that it would have
 * @param mistakes what the folder would refuse it for
 * @param effective what it would come to; null if there are mistakes
 */
public record PolicyDraft(
    String file, List<ConfigMistake> mistakes, @Nullable EffectivePolicy effective) {
  /** Copies the list. */
  public PolicyDraft {
    mistakes = List.copyOf(mistakes);
  }

  /**
   * Checks a draft. It takes the place of the policy in force that has its name.
   *
   * @param name of the policy
   * @param text what the file would hold
   * @param inForce the policies now
   */
  public static PolicyDraft of(String name, String text, PolicyResolver inForce) {
    Path file = Path.of(name + ".yaml");
    PolicyFile.Content content = PolicyFile.draft(file, text);
    Map<Path, RoutingPolicy> others = new HashMap<>();
    for (RoutingPolicy policy : inForce.policies().all()) {
      if (!policy.name().equals(name)) {
        others.put(Path.of(policy.source()), policy);
      }
    }
    Map<Path, PolicyFile.Content> all = new HashMap<>();
    others.forEach(
        (source, policy) -> all.put(source, new PolicyFile.Content(policy, List.of(), false)));
    all.put(file, content);
    List<ConfigMistake> mistakes =
        RefusedPolicy.mistakes(new PolicyAssembly(others).with(all).refused());
    RoutingPolicy policy = content.policy();
    return new PolicyDraft(
        file.toString(),
        mistakes,
        policy == null || !mistakes.isEmpty() ? null : inForce.effective(policy));
  }
}

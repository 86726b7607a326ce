package io.signalbox.scoring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Selection} chose and why.
 *
 * @param provider the chosen provider, or null when the rule is {@link ChoiceRule#NONE_LEFT}
 * @param rule the rule that chose
 * @param exclusions the candidates that could not be chosen, best first
 */
public record Choice(@Nullable String provider, ChoiceRule rule, List<Exclusion> exclusions) {
  /** Copies the list. */
  public Choice {
    exclusions = List.copyOf(exclusions);
  }
}

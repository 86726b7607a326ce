package io.signalbox.gateway.api;

import io.signalbox.gateway.ledger.PreferenceKey;
import io.signalbox.gateway.ledger.PreferenceSet;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.signalbox.gateway.notification.FieldProblem;
import io.signalbox.spi.Channel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of preferences.
 *
 * @param defaults new values for all channels; null takes one away
 * @param channels the same for single channels
 */
record PreferencePatch(Map<PreferenceKey, @Nullable Object> defaults, Map<Channel, Own> channels) {

  /**
   * A change of what a channel has of its own.
   *
   * @param clear whether all that it had is taken away first
   * @param values new values; null takes one away
   */
  record Own(boolean clear, Map<PreferenceKey, @Nullable Object> values) {}

  /**
   * The stored preferences with this change.
   *
   * @throws InvalidBodyException if the weights do not fit together afterwards
   */
  StoredPreferences applyTo(StoredPreferences stored) {
    List<FieldProblem> problems = new ArrayList<>();
    PreferenceSet forAll = checked(stored.defaults().with(defaults), "", problems);
    Map<Channel, PreferenceSet> own = new EnumMap<>(Channel.class);
    own.putAll(stored.channels());
    channels.forEach(
        (channel, change) -> {
          PreferenceSet before =
              change.clear() ? PreferenceSet.EMPTY : own.getOrDefault(channel, PreferenceSet.EMPTY);
          PreferenceSet after = before.with(change.values());
          own.put(channel, checked(after, "/channels/" + channel.wireName(), problems));
        });
    PreferenceBody.refuse(problems);
    return new StoredPreferences(forAll, own);
  }

  private static PreferenceSet checked(
      PreferenceSet set, String place, List<FieldProblem> problems) {
    String problem = set.weightsProblem();
    if (problem != null) {
      problems.add(new FieldProblem(place + "/health_weight", problem));
    }
    return set;
  }
}

package io.signalbox.gateway.api;

import io.signalbox.gateway.api.PreferencePatch.Own;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.ledger.PreferenceKey;
import io.signalbox.gateway.notification.FieldProblem;
import io.signalbox.gateway.text.NearestName;
import io.signalbox.spi.Channel;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a change of preferences (a JSON merge patch) and collects its mistakes. */
final class PreferenceBody {
  private static final String CHANNELS = "channels";
  private static final Set<String> CHANNEL_NAMES =
      Arrays.stream(Channel.values())
          .map(Channel::wireName)
          .collect(Collectors.toCollection(TreeSet::new));

  private final List<ProviderState> providers;
  private final List<FieldProblem> problems = new ArrayList<>();

  private PreferenceBody(List<ProviderState> providers) {
    this.providers = providers;
  }

  /**
   * Reads a body.
   *
   * @param providers those that may be preferred
   * @throws InvalidBodyException with all mistakes
   */
  static PreferencePatch read(JsonObject json, List<ProviderState> providers) {
    PreferenceBody body = new PreferenceBody(providers);
    JsonObject forAll = json.copy();
    forAll.remove(CHANNELS);
    Map<PreferenceKey, @Nullable Object> defaults = body.changes(forAll, "", null);
    Map<Channel, Own> channels = body.channels(json.getValue(CHANNELS));
    refuse(body.problems);
    return new PreferencePatch(defaults, channels);
  }

  /** Throws if there are any mistakes. */
  static void refuse(List<FieldProblem> problems) {
    if (!problems.isEmpty()) {
      throw new InvalidBodyException("the preferences have mistakes", problems);
    }
  }

  private Map<Channel, Own> channels(@Nullable Object given) {
    Map<Channel, Own> channels = new EnumMap<>(Channel.class);
    if (given == null) {
      return channels;
    }
    if (!(given instanceof JsonObject byName)) {
      problem("/" + CHANNELS, "must be an object with a field for each channel");
      return channels;
    }
    for (String name : byName.fieldNames()) {
      String place = "/" + CHANNELS + "/" + name;
      Optional<Channel> channel = Channel.find(name);
      Object own = byName.getValue(name);
      if (channel.isEmpty()) {
        problem(place, "is no channel; there are " + String.join(", ", CHANNEL_NAMES));
      } else if (own == null) {
        channels.put(channel.get(), new Own(true, new EnumMap<>(PreferenceKey.class)));
      } else if (own instanceof JsonObject changes) {
        channels.put(channel.get(), new Own(false, changes(changes, place, channel.get())));
      } else {
        problem(place, "must be an object of preferences, or null to take them all away");
      }
    }
    return channels;
  }

  private Map<PreferenceKey, @Nullable Object> changes(
      JsonObject given, String place, @Nullable Channel channel) {
    Map<PreferenceKey, @Nullable Object> changes = new EnumMap<>(PreferenceKey.class);
    for (String name : given.fieldNames()) {
      PreferenceKey key = PreferenceKey.find(name).orElse(null);
      Object value = given.getValue(name);
      if (key == null) {
        problem(place + "/" + name, "is not a known field" + NearestName.hint(name, names()));
      } else if (value == null) {
        changes.put(key, null);
      } else {
        changes.put(key, accepted(key, value, place, channel));
      }
    }
    return changes;
  }

  private static Set<String> names() {
    return Arrays.stream(PreferenceKey.values())
        .map(PreferenceKey::wireName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private @Nullable Object accepted(
      PreferenceKey key, Object value, String place, @Nullable Channel channel) {
    Object accepted = key.accept(value);
    if (accepted == null) {
      problem(place + "/" + key.wireName(), key.expected());
    } else if (key == PreferenceKey.PREFERRED_PROVIDER) {
      checkProvider(accepted.toString(), place + "/" + key.wireName(), channel);
    }
    return accepted;
  }

  private void checkProvider(String id, String place, @Nullable Channel channel) {
    Set<String> known =
        providers.stream()
            .filter(state -> channel == null || state.channels().contains(channel))
            .map(ProviderState::provider)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!known.contains(id)) {
      String carrying = channel == null ? "" : " that carries " + channel.wireName();
      problem(
          place,
          "must be the id of a provider"
              + carrying
              + ": "
              + (known.isEmpty() ? "there is none" : String.join(", ", known))
              + NearestName.hint(id, known));
    }
  }

  private void problem(String pointer, String detail) {
    problems.add(new FieldProblem(pointer, detail));
  }
}

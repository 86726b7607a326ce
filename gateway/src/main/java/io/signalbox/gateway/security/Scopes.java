package io.signalbox.gateway.security;

import io.signalbox.spi.Channel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * To what a credential is narrowed: it allows what its roles allow and one of these names.
 *
 * @param unbounded whether it is not narrowed at all; then the rest is empty
 * @param whole scopes that hold as they are
 * @param channels over which it may send although it has no {@link Scope#NOTIFICATIONS_WRITE}
 */
public record Scopes(boolean unbounded, Set<Scope> whole, Set<Channel> channels) {
  /** Not narrowed: the roles decide alone. */
  public static final Scopes ALL = new Scopes(true, Set.of(), Set.of());

  private static final String SEND_BY = Scope.NOTIFICATIONS_WRITE.wireName() + ":";

  /** Copies the sets. */
  public Scopes {
    whole = Set.copyOf(whole);
    channels = Set.copyOf(channels);
  }

  /**
   * Those that words name: scopes such as {@code dead-letters:read}, and {@code
   * notifications:write:sms} to send over one channel alone. Other words are passed over.
   *
   * @return nothing at all is allowed if no word names one
   */
  public static Scopes of(Collection<String> words) {
    Set<Scope> whole = EnumSet.noneOf(Scope.class);
    Set<Channel> channels = EnumSet.noneOf(Channel.class);
    for (String word : words) {
      Scope.find(word).ifPresent(whole::add);
      channel(word).ifPresent(channels::add);
    }
    return new Scopes(false, whole, channels);
  }

  /** Whether a word names a scope. */
  public static boolean isOne(String word) {
    return Scope.find(word).isPresent() || channel(word).isPresent();
  }

  private static Optional<Channel> channel(String word) {
    return word.startsWith(SEND_BY)
        ? Channel.find(word.substring(SEND_BY.length()))
        : Optional.empty();
  }

  /** Whether all of a scope is allowed. */
  public boolean allows(Scope scope) {
    return unbounded || whole.contains(scope);
  }

  /** Whether something of a scope is allowed. */
  boolean allowsSome(Scope scope) {
    return allows(scope) || (scope == Scope.NOTIFICATIONS_WRITE && !channels.isEmpty());
  }

  /** Whether notifications may go over a channel. */
  public boolean sendsOver(Channel channel) {
    return allows(Scope.NOTIFICATIONS_WRITE) || channels.contains(channel);
  }

  /** Whether these allow all that others do. */
  public boolean cover(Scopes others) {
    return unbounded
        || (!others.unbounded
            && whole.containsAll(others.whole)
            && others.channels.stream().allMatch(this::sendsOver));
  }

  /** The scopes that are named here in some way; none if this is not narrowed. */
  public Set<Scope> named() {
    Set<Scope> named = EnumSet.noneOf(Scope.class);
    named.addAll(whole);
    if (!channels.isEmpty()) {
      named.add(Scope.NOTIFICATIONS_WRITE);
    }
    return named;
  }

  /** As credentials have them, in order; empty if this is not narrowed. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    whole.stream().sorted().map(Scope::wireName).forEach(words::add);
    channels.stream().sorted().map(each -> SEND_BY + each.wireName()).forEach(words::add);
    return words;
  }
}

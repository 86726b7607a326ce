package io.signalbox.gateway.policy;

import io.signalbox.gateway.preferences.Preferences;
import io.signalbox.gateway.text.NearestName;
import io.signalbox.spi.intake.SendNotification;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routing policies in force on this node. Readers see a change as a whole, at their next
 * question. Thread-safe.
 */
public final class PolicyBook {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyBook.class);

  /** Who remembers more has a caller that makes up names. */
  private static final int REMEMBERED = 1_000;

  private PolicyDefaults defaults;
  private final Set<String> missed = ConcurrentHashMap.newKeySet();
  private volatile Edition edition;

  private record Edition(PolicyResolver resolver, List<RefusedPolicy> refused) {}

  /** Makes a book without policies. */
  public PolicyBook(PolicyDefaults defaults) {
    this.defaults = defaults;
    this.edition = new Edition(new PolicyResolver(Policies.NONE, defaults), List.of());
  }

  /** Puts policies in force instead of those before. */
  public void replace(Policies policies) {
    replace(policies, List.of());
  }

  /**
   * Puts policies in force instead of those before.
   *
   * @param refused files that are not used as they stand, for reports
   */
  synchronized void replace(Policies policies, List<RefusedPolicy> refused) {
    edition = new Edition(new PolicyResolver(policies, defaults), List.copyOf(refused));
    missed.removeIf(name -> policies.find(name) != null);
  }

  /** Puts what operators prefer below the policies. */
  public synchronized void preferences(Preferences newest) {
    defaults = defaults.with(newest);
    edition =
        new Edition(new PolicyResolver(edition.resolver().policies(), defaults), edition.refused());
  }

  /** What is in force now. */
  public PolicyResolver current() {
    return edition.resolver();
  }

  /** The files that are not used as they stand. */
  public List<RefusedPolicy> refused() {
    return edition.refused();
  }

  /** The names of all policies in force, in order. */
  public List<String> names() {
    return current().policies().all().stream().map(RoutingPolicy::name).toList();
  }

  /**
   * What is wrong with a policy's name in a new notification, as a sentence part; null if nothing.
   */
  public @Nullable String wrongName(String name) {
    if (current().policies().find(name) != null) {
      return null;
    }
    List<String> names = names();
    return names.isEmpty()
        ? "must not be given: there are no routing policies"
        : "must be one of " + String.join(", ", names) + NearestName.hint(name, names);
  }

  /** What applies to a notification now. Tells once if the policy that it names is gone. */
  public EffectivePolicy resolve(SendNotification notification) {
    PolicyResolver resolver = current();
    String name = notification.policy();
    if (name != null && resolver.policies().find(name) == null) {
      miss(name);
    }
    return resolver.resolve(notification);
  }

  private void miss(String name) {
    if (missed.size() < REMEMBERED && missed.add(name)) {
      LOG.warn(
          "the routing policy {} is gone, and notifications that name it wait: what applies to their"
              + " type and channel is used",
          name);
    }
  }
}

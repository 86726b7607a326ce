package io.signalbox.gateway.policy;

import io.signalbox.spi.intake.SendNotification;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

  private final PolicyDefaults defaults;
  private final Set<String> missed = ConcurrentHashMap.newKeySet();
  private volatile PolicyResolver current;

  /** Makes a book without policies. */
  public PolicyBook(PolicyDefaults defaults) {
    this.defaults = defaults;
    this.current = new PolicyResolver(Policies.NONE, defaults);
  }

  /** Puts policies in force instead of those before. */
  public void replace(Policies policies) {
    current = new PolicyResolver(policies, defaults);
    missed.removeIf(name -> policies.find(name) != null);
  }

  /** What is in force now. */
  public PolicyResolver current() {
    return current;
  }

  /** What applies to a notification now. Tells once if the policy that it names is gone. */
  public EffectivePolicy resolve(SendNotification notification) {
    PolicyResolver resolver = current;
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

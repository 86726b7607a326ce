package io.signalbox.gateway.ranking;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.PreferenceMessages.InForce;
import io.signalbox.gateway.bus.PreferenceMessages.Reread;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.PreferenceLedger;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.signalbox.gateway.preferences.Preferences;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the stored routing preferences and publishes what is in force. They are read a few times
 * in a second, because an operator may change them with SQL from another process, of which not
 * every store tells us; it is a read of a handful of rows on a reader's thread. A store that can
 * tell rings.
 */
public final class PreferencesVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(PreferencesVerticle.class);
  private static final long LOOK_MILLIS = 250;

  private final Bus bus;
  private final PreferenceLedger ledger;
  private final GatewayConfig config;
  private Preferences inForce;
  private long asked;
  private long answered;
  private boolean looking;
  private boolean failing;

  /** Makes the verticle; nothing happens before it is deployed. */
  public PreferencesVerticle(Bus bus, PreferenceLedger ledger, GatewayConfig config) {
    this.bus = bus;
    this.ledger = ledger;
    this.config = config;
    this.inForce = workedOut(StoredPreferences.NONE);
  }

  @Override
  public Future<?> start() {
    bus.answer(Addresses.PREFERENCES_REREAD, Reread.class, message -> reread().map(InForce::new));
    // Ends with the verticle's context.
    vertx.setPeriodic(LOOK_MILLIS, tick -> look());
    ledger.onChange(() -> context.runOnContext(rung -> look()));
    // Without them nothing would go where its operator wants it.
    return reread();
  }

  private void look() {
    if (looking) {
      // What is being read may be older than what the bell rang for; the next look finds it.
      return;
    }
    looking = true;
    reread()
        .onComplete(
            read -> {
              looking = false;
              failing = false;
            },
            failure -> {
              looking = false;
              if (!failing) {
                LOG.warn(
                    "preferences cannot be read now, the last ones hold: {}", failure.toString());
              }
              failing = true;
            });
  }

  private Future<Preferences> reread() {
    long number = ++asked;
    return ledger.preferences().map(stored -> take(number, stored));
  }

  private Preferences take(long number, StoredPreferences stored) {
    if (number < answered) {
      // Overtaken by a later question, whose answer may be newer.
      return inForce;
    }
    answered = number;
    if (!stored.equals(inForce.stored())) {
      inForce = workedOut(stored);
      LOG.info(
          "preferences in force: {} for all, by channel {}", stored.defaults(), stored.channels());
      bus.publish(Addresses.PREFERENCES, new InForce(inForce));
    }
    return inForce;
  }

  private Preferences workedOut(StoredPreferences stored) {
    return Preferences.of(stored, config.scoring(), config.dispatch());
  }
}

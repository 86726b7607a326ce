package io.signalbox.gateway.delivery;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.ProviderMessages.Command;
import io.signalbox.gateway.bus.ProviderMessages.Control;
import io.signalbox.gateway.bus.ProviderMessages.ProviderReset;
import io.signalbox.spi.CheckResult;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What operators ask of one generation of a provider. Used on one context. */
final class OperatorCommands {
  private static final CheckResult DONE = CheckResult.healthy("done");

  private final String id;
  private final BreakerEngine engine;
  private final DrainWish wish;
  private final Supplier<Future<CheckResult>> check;
  private final Runnable changed;
  private final Bus bus;
  private final Clock clock;
  private @Nullable String actor;

  /**
   * Makes one.
   *
   * @param check asks the provider whether it could work
   * @param changed called when its breaker was commanded
   */
  OperatorCommands(
      String id,
      BreakerEngine engine,
      DrainWish wish,
      Supplier<Future<CheckResult>> check,
      Runnable changed,
      Bus bus,
      Clock clock) {
    this.id = id;
    this.engine = engine;
    this.wish = wish;
    this.check = check;
    this.changed = changed;
    this.bus = bus;
    this.clock = clock;
  }

  /** Who commands what happens just now; null if nobody does. */
  @Nullable String actor() {
    return actor;
  }

  Future<CheckResult> obey(Control control) {
    actor = control.actor();
    try {
      return obey(control.command(), control.actor());
    } finally {
      actor = null;
    }
  }

  private Future<CheckResult> obey(Command command, String by) {
    switch (command) {
      case CHECK -> {
        return check.get();
      }
      case RESET -> {
        engine.reset("reset by an operator");
        bus.publish(Addresses.PROVIDERS_RESET, new ProviderReset(id));
      }
      case OPEN -> engine.forceOpen("opened by an operator");
      case DRAIN -> {
        return wish.set(true, by, clock.millis()).map(stored -> DONE);
      }
      case ENABLE -> {
        return wish.set(false, by, clock.millis()).map(stored -> DONE);
      }
    }
    changed.run();
    return Future.succeededFuture(DONE);
  }
}

package io.signalbox.gateway.guard;

import io.signalbox.spi.OutcomeKind;
import java.util.function.Consumer;

/** Hears everything and tells only of what is past its limit. */
public final class SilentGuard implements GuardListener {
  private final Consumer<Blockage> stopper;

  /** One that does nothing. */
  public SilentGuard() {
    this(blockage -> {});
  }

  /** One that hands on what is past its limit. */
  public SilentGuard(Consumer<Blockage> stopper) {
    this.stopper = stopper;
  }

  @Override
  public void failed(String call, PluginFailedException failure) {}

  @Override
  public void withdrawn() {}

  @Override
  public void answeredLate(OutcomeKind outcome) {}

  @Override
  public void blocked(Blockage blockage) {}

  @Override
  public void unblocked() {}

  @Override
  public void pastLimit(Blockage blockage) {
    stopper.accept(blockage);
  }
}

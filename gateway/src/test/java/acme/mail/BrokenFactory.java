package acme.mail;

import io.signalbox.spi.PluginDescriptor;
import io.signalbox.spi.Provider;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.ProviderFactory;

/** A factory that cannot be made: what no check can see before the jar is loaded. */
public final class BrokenFactory implements ProviderFactory {
  /** Fails. */
  public BrokenFactory() {
    throw new IllegalStateException("no licence");
  }

  @Override
  public PluginDescriptor descriptor() {
    throw new IllegalStateException("never made");
  }

  @Override
  public Provider create(ProviderContext context) {
    throw new IllegalStateException("never made");
  }
}

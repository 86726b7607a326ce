package io.signalbox.provider.ses;

import io.signalbox.spi.Channel;
import io.signalbox.spi.Feature;
import io.signalbox.spi.PluginDescriptor;
import io.signalbox.spi.Provider;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.ProviderFactory;
import java.util.Set;

/** Makes Amazon SES providers. */
public final class SesFactory implements ProviderFactory {
  private static final PluginDescriptor DESCRIPTOR =
      new PluginDescriptor(
          "ses",
          "Amazon SES",
          Set.of(Channel.EMAIL),
          SesEvent.STATUSES,
          "Amazon SNS: RSA over the envelope, with a certificate of SNS's own hosts",
          false,
          false,
          Set.of(Feature.SENDER, Feature.REPLY_TO));

  @Override
  public PluginDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Provider create(ProviderContext context) {
    return new SesProvider(SesConfig.read(context.config()), context);
  }
}

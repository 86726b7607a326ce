package io.signalbox.provider.smtp;

import io.signalbox.spi.Channel;
import io.signalbox.spi.Feature;
import io.signalbox.spi.PluginDescriptor;
import io.signalbox.spi.Provider;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.ProviderFactory;
import java.util.Set;

/** Makes providers that deliver mail over SMTP. */
public final class SmtpFactory implements ProviderFactory {
  private static final PluginDescriptor DESCRIPTOR =
      new PluginDescriptor(
          "smtp",
          "SMTP",
          Set.of(Channel.EMAIL),
          Set.of(),
          "",
          false,
          false,
          Set.of(Feature.SENDER, Feature.REPLY_TO));

  @Override
  public PluginDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Provider create(ProviderContext context) {
    return new SmtpProvider(context.vertx(), SmtpConfig.read(context.config()));
  }
}

package io.signalbox.provider.mailgun;

import io.signalbox.spi.Channel;
import io.signalbox.spi.Feature;
import io.signalbox.spi.PluginDescriptor;
import io.signalbox.spi.Provider;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.ProviderFactory;
import java.util.Set;

/** Makes Mailgun providers. */
public final class MailgunFactory implements ProviderFactory {
  private static final PluginDescriptor DESCRIPTOR =
      new PluginDescriptor(
          "mailgun",
          "Mailgun",
          Set.of(Channel.EMAIL),
          MailgunEvent.STATUSES,
          "HMAC-SHA256 over timestamp and token in the body; a token is good for one event",
          true,
          false,
          Set.of(Feature.SENDER, Feature.REPLY_TO));

  @Override
  public PluginDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Provider create(ProviderContext context) {
    return new MailgunProvider(MailgunConfig.read(context.config()), context);
  }
}

package io.signalbox.provider.sendgrid;

import io.signalbox.spi.Channel;
import io.signalbox.spi.Feature;
import io.signalbox.spi.PluginDescriptor;
import io.signalbox.spi.Provider;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.ProviderFactory;
import java.util.Set;

/** Makes SendGrid providers. */
public final class SendGridFactory implements ProviderFactory {
  private static final PluginDescriptor DESCRIPTOR =
      new PluginDescriptor(
          "sendgrid",
          "SendGrid",
          Set.of(Channel.EMAIL),
          SendGridWebhooks.STATUSES,
          "ECDSA P-256 over timestamp and body (X-Twilio-Email-Event-Webhook-Signature)",
          false,
          false,
          Set.of(Feature.SENDER, Feature.REPLY_TO));

  @Override
  public PluginDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Provider create(ProviderContext context) {
    return new SendGridProvider(SendGridConfig.read(context.config()), context);
  }
}

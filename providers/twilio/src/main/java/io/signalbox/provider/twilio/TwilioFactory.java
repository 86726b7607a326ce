package io.signalbox.provider.twilio;

import io.signalbox.spi.Channel;
import io.signalbox.spi.PluginDescriptor;
import io.signalbox.spi.Provider;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.ReceiptStatus;
import java.util.Set;

/** Makes providers that send SMS through Twilio. */
public final class TwilioFactory implements ProviderFactory {
  private static final PluginDescriptor DESCRIPTOR =
      new PluginDescriptor(
          "twilio",
          "Twilio Programmable Messaging",
          Set.of(Channel.SMS),
          Set.of(
              ReceiptStatus.ACCEPTED,
              ReceiptStatus.QUEUED,
              ReceiptStatus.SENT,
              ReceiptStatus.DELIVERED,
              ReceiptStatus.READ,
              ReceiptStatus.BOUNCED,
              ReceiptStatus.REJECTED,
              ReceiptStatus.FAILED,
              ReceiptStatus.UNSUBSCRIBED,
              ReceiptStatus.UNKNOWN),
          "X-Twilio-Signature: HMAC-SHA1 of URL and parameters, no time and so no replay protection",
          true,
          false);

  @Override
  public PluginDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Provider create(ProviderContext context) {
    return new TwilioProvider(TwilioConfig.read(context.config()), context);
  }
}

package io.signalbox.provider.vonage;

import io.signalbox.spi.Channel;
import io.signalbox.spi.PluginDescriptor;
import io.signalbox.spi.Provider;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.ReceiptStatus;
import java.util.Set;

/** Makes providers that send texts by SMS and WhatsApp through Vonage. */
public final class VonageFactory implements ProviderFactory {
  private static final PluginDescriptor DESCRIPTOR =
      new PluginDescriptor(
          "vonage",
          "Vonage SMS API and Messages API",
          Set.of(Channel.SMS, Channel.WHATSAPP),
          Set.of(
              ReceiptStatus.SENT,
              ReceiptStatus.DEFERRED,
              ReceiptStatus.DELIVERED,
              ReceiptStatus.READ,
              ReceiptStatus.BOUNCED,
              ReceiptStatus.REJECTED,
              ReceiptStatus.EXPIRED,
              ReceiptStatus.FAILED,
              ReceiptStatus.UNKNOWN),
          "parameter sig (MD5 hash or HMAC over the parameters) with a timestamp; or a HS256 token"
              + " with the hash of the body",
          true,
          false);

  @Override
  public PluginDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Provider create(ProviderContext context) {
    return new VonageProvider(VonageConfig.read(context.config()), context);
  }
}

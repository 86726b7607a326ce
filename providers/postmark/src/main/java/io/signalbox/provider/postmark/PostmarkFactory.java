package io.signalbox.provider.postmark;

import io.signalbox.spi.Channel;
import io.signalbox.spi.Feature;
import io.signalbox.spi.PluginDescriptor;
import io.signalbox.spi.Provider;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.ProviderFactory;
import java.util.Set;

/** Makes Postmark providers. */
public final class PostmarkFactory implements ProviderFactory {
  private static final PluginDescriptor DESCRIPTOR =
      new PluginDescriptor(
          "postmark",
          "Postmark",
          Set.of(Channel.EMAIL),
          PostmarkEvent.STATUSES,
          "Basic credentials or a header with a secret; body and time are not signed",
          true,
          false,
          Set.of(Feature.SENDER, Feature.REPLY_TO));

  @Override
  public PluginDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Provider create(ProviderContext context) {
    return new PostmarkProvider(PostmarkConfig.read(context.config()), context);
  }
}

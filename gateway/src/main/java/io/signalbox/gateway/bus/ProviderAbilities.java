package io.signalbox.gateway.bus;

import io.signalbox.loader.Senders;
import io.signalbox.spi.Feature;
import io.signalbox.spi.MailOptions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a provider can do of what not every one can.
 *
 * @param features what its plugin can do
 * @param senders from which mail addresses it may send
 */
public record ProviderAbilities(Set<Feature> features, Senders senders) {
  /** Of a provider that can do what every one can. */
  public static final ProviderAbilities NONE = new ProviderAbilities(Set.of(), Senders.NONE);

  private static final String LACKS_SENDER = "lacks_sender";
  private static final String NOT_ITS_SENDER = "not_its_sender";
  private static final String LACKS_REPLY_TO = "lacks_reply_to";
  private static final Set<String> LACKS = Set.of(LACKS_SENDER, NOT_ITS_SENDER, LACKS_REPLY_TO);

  /** Copies the set. */
  public ProviderAbilities {
    features = Set.copyOf(features);
  }

  /** What it cannot do of what a mail asks for, as a reason against it; null if it can do all. */
  public @Nullable String lack(MailOptions asked) {
    if (asked.asksForSender() && !features.contains(Feature.SENDER)) {
      return LACKS_SENDER;
    }
    String from = asked.fromEmail();
    if (from != null && !senders.allow(from)) {
      return NOT_ITS_SENDER;
    }
    return asked.replyTo().isEmpty() || features.contains(Feature.REPLY_TO) ? null : LACKS_REPLY_TO;
  }

  /** Whether a reason against a provider is that it cannot do what is asked. */
  public static boolean isLack(String reason) {
    return LACKS.contains(reason);
  }
}

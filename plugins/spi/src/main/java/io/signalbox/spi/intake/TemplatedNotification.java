package io.signalbox.spi.intake;

import io.signalbox.spi.Channel;
import io.signalbox.spi.Content;
import io.signalbox.spi.Recipient;

/**
 * A notification whose texts a template of the gateway gives when it is accepted.
 *
 * @param notification all but the texts: its content is {@link #NO_TEXTS}
 * @param template which template, and its data
 */
public record TemplatedNotification(SendNotification notification, TemplateChoice template)
    implements IntakeRequest {

  /** Stands in the place of the texts that the template gives. */
  public static final Content NO_TEXTS = new Content(null, "", null);

  /**
   * {@return a notification with everything optional left out, at normal priority}
   *
   * @param type the application's name of this kind of notification
   * @param channel the channel asked for
   * @param recipient its address, of the kind that the channel needs
   * @param template which template, and its data
   */
  public static TemplatedNotification of(
      String type, Channel channel, Recipient recipient, TemplateChoice template) {
    return new TemplatedNotification(
        SendNotification.of(type, channel, recipient, NO_TEXTS), template);
  }

  @Override
  public String toString() {
    return "TemplatedNotification[" + notification + " of " + template + "]";
  }
}

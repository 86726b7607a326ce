package io.signalbox.gateway.api;

import io.signalbox.gateway.compat.AskedNotification;
import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.compat.Refusal.Mistake;
import io.signalbox.spi.MailOptions;
import io.signalbox.spi.intake.SendNotification;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a mail is refused because no provider sends from its address. Thread-safe. */
final class UnknownSender {
  private UnknownSender() {}

  /**
   * As at the API itself, where that is configured: what nobody can send from there would wait
   * until its time is over. A provider whose file does not run here may have the address too, so
   * nothing is refused while there is one.
   *
   * @return null if it is not refused
   */
  static @Nullable Refusal refusal(
      ApiServices services, AskedNotification asked, SendNotification notification) {
    MailOptions mail = notification.mail();
    String from = mail == null ? null : mail.fromEmail();
    boolean refused =
        from != null
            && services.config().compat().refusesUnknownSenders()
            && services.plugins().isAllRunning()
            && services.providers().isNobodysSender(from);
    return refused
        ? new Refusal(
            422,
            Refusal.Kind.UNKNOWN_SENDER,
            "the sender is not verified",
            List.of(
                new Mistake(
                    asked.field("/from_email"),
                    "is not verified: no provider of the gateway has it under senders")),
            0)
        : null;
  }
}

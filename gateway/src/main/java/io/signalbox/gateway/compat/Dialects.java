package io.signalbox.gateway.compat;

import io.signalbox.gateway.compat.mailgun.MailgunDialect;
import io.signalbox.gateway.compat.postmark.PostmarkDialect;
import io.signalbox.gateway.compat.resend.ResendDialect;
import io.signalbox.gateway.compat.sendgrid.SendGridDialect;
import io.signalbox.gateway.compat.telegram.TelegramDialect;
import io.signalbox.gateway.compat.twilio.TwilioDialect;
import io.signalbox.gateway.compat.vonage.VonageDialect;
import java.util.List;
import java.util.Set;

/** All dialects that there are. */
public final class Dialects {
  private static final List<Dialect> ALL =
      List.of(
          new MailgunDialect(),
          new PostmarkDialect(),
          new ResendDialect(),
          new SendGridDialect(),
          new TelegramDialect(),
          new TwilioDialect(),
          new VonageDialect());

  private Dialects() {}

  /** Those of these names. */
  public static List<Dialect> named(Set<String> names) {
    return ALL.stream().filter(dialect -> names.contains(dialect.name())).toList();
  }

  /** All of them, by name. */
  public static List<Dialect> all() {
    return ALL;
  }
}

package io.signalbox.gateway.compat.hooks;

import io.signalbox.gateway.compat.DialectMemo;
import io.signalbox.gateway.ledger.CallbackFormat;
import io.signalbox.gateway.ledger.CallbackQueue.Due;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Events as the webhooks of providers. Pure functions. */
public final class Hooks {
  private static final Map<CallbackFormat, Hook> ALL =
      new EnumMap<>(
          Map.of(
              CallbackFormat.SENDGRID, new SendGridHook(),
              CallbackFormat.MAILGUN, new MailgunHook(),
              CallbackFormat.RESEND, new ResendHook(),
              CallbackFormat.POSTMARK, new PostmarkHook(),
              CallbackFormat.TWILIO, new TwilioHook(),
              CallbackFormat.VONAGE, new VonageHook()));

  private static final int NOT_ACCEPTABLE = 406;
  private static final int FORBIDDEN = 403;

  private Hooks() {}

  /**
   * The request that tells an event.
   *
   * @param format a provider's
   * @return empty if there is nothing to tell in its words
   */
  public static Optional<HookRequest> request(CallbackFormat format, Due due, HookTarget target) {
    Hook hook = ALL.get(format);
    if (hook == null) {
      throw new IllegalArgumentException(format + " is no provider's");
    }
    return HookReader.read(format, due).flatMap(news -> hook.request(news, target));
  }

  /** The address that the message itself names; empty if it names none, or is erased. */
  public static Optional<String> address(Due due) {
    return DialectMemo.of(HookReader.content(due.subject()))
        .map(DialectMemo::callbackUrl)
        .map(Hooks::withoutFragment);
  }

  /** Twilio takes settings behind it, which are neither sent nor signed. */
  public static String withoutFragment(String url) {
    int at = url.indexOf('#');
    return at < 0 ? url : url.substring(0, at);
  }

  /** Whether a provider takes an answer for a refusal, and does not ask again. */
  public static boolean isFinal(CallbackFormat format, int status) {
    return switch (format) {
      case MAILGUN -> status == NOT_ACCEPTABLE;
      case POSTMARK -> status == FORBIDDEN;
      default -> false;
    };
  }
}

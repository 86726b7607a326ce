package io.signalbox.gateway.compat.hooks;

import java.util.Optional;

/** Vonage's webhooks: receipts of the SMS API, or statuses of the Messages API. */
final class VonageHook implements Hook {
  private final Hook sms = new VonageSmsHook();
  private final Hook messages = new VonageMessagesHook();

  @Override
  public Optional<HookRequest> request(HookNews news, HookTarget target) {
    return (VonageMemo.isOfMessages(news) ? messages : sms).request(news, target);
  }
}

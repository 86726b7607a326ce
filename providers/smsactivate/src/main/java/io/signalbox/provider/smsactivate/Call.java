package io.signalbox.provider.smsactivate;

import io.signalbox.toolkit.FormBody;
import io.signalbox.toolkit.HttpCall;
import java.time.Duration;

/** Makes calls: one URL, and all in its query, the key too. Never show what it makes. */
final class Call {
  private final SmsActivateConfig config;

  Call(SmsActivateConfig config) {
    this.config = config;
  }

  /** The parameters of an action, to be added to. */
  FormBody action(String name) {
    return FormBody.empty().with("api_key", config.apiKey().reveal()).with("action", name);
  }

  HttpCall of(FormBody parameters, Duration timeout) {
    HttpCall get = HttpCall.get(config.url() + "?" + parameters.encode(), timeout);
    return new HttpCall(config.method(), get.url(), get.headers(), get.body(), timeout);
  }
}

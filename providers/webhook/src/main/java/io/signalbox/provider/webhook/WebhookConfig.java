package io.signalbox.provider.webhook;

import io.signalbox.spi.ConfigReader;
import org.jspecify.annotations.Nullable;

/**
 * The {@code config:} part of a generic HTTP provider.
 *
 * @param request what is sent
 * @param maxCharacters the longest text; 0 if the API has no limit
 * @param success when the message was taken
 * @param errors what other answers mean
 * @param checkUrl what a check asks for; null: it only connects
 * @param receiver how webhooks are read; null: all are refused
 */
record WebhookConfig(
    RequestTemplate request,
    int maxCharacters,
    SuccessRule success,
    ErrorRule errors,
    @Nullable String checkUrl,
    @Nullable WebhookEvents receiver) {

  private static final int MOST_CHARACTERS = 10_000_000;

  static WebhookConfig read(ConfigReader reader) {
    String checkUrl = reader.url("check_url", "");
    WebhookConfig config =
        new WebhookConfig(
            RequestTemplate.read(reader),
            (int) reader.integer("max_characters", 0, 1, MOST_CHARACTERS),
            SuccessRule.read(reader.block("success")),
            ErrorRule.read(reader.block("errors")),
            checkUrl.isEmpty() ? null : checkUrl,
            reader.keys().contains("webhook") ? WebhookEvents.read(reader.block("webhook")) : null);
    reader.finish();
    return config;
  }
}

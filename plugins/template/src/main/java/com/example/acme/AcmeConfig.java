package com.example.acme;

import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.Secret;
import java.util.List;

/** The {@code config:} part of a provider file. */
record AcmeConfig(String baseUrl, Secret apiKey, String from, List<Secret> webhookSecrets) {

  static AcmeConfig read(ConfigReader reader) {
    AcmeConfig config =
        new AcmeConfig(
            reader.url("base_url", "https://api.acme.example"),
            reader.requiredSecret("api_key"),
            reader.requiredText("from"),
            reader.secrets("webhook_secret"));
    reader.finish();
    return config;
  }
}

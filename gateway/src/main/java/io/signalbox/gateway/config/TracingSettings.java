package io.signalbox.gateway.config;

import java.time.Duration;
import java.util.List;

/**
 * Whether traces are recorded, and where they are sent.
 *
 * @param enabled whether at all
 * @param endpoint URL that takes spans by OTLP over HTTP
 * @param headers sent along with each request to it
 * @param sampleRatio share of the traces begun here that is recorded
 * @param serviceName what this service is called there
 * @param maxQueue how many ended spans may wait to be sent; more are dropped
 * @param exportInterval how often what waits is sent
 * @param exportTimeout how long the collector may take
 */
public record TracingSettings(
    boolean enabled,
    String endpoint,
    List<Header> headers,
    double sampleRatio,
    String serviceName,
    int maxQueue,
    Duration exportInterval,
    Duration exportTimeout) {

  /** Copies the list. */
  public TracingSettings {
    headers = List.copyOf(headers);
  }

  /**
   * A header whose value is a secret.
   *
   * @param name of the header
   * @param value where its value is
   */
  public record Header(String name, SecretReference value) {}
}

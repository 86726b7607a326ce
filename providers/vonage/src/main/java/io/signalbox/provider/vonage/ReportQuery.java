package io.signalbox.provider.vonage;

import io.signalbox.spi.Recipient;
import io.signalbox.spi.StatusQuery;
import io.signalbox.toolkit.FormBody;
import io.signalbox.toolkit.HttpCall;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What the Reports API is asked: for the record of a message by its id, or, where no answer told
 * the id, for all messages to that number around the time of the attempt, whose records show our
 * reference.
 */
final class ReportQuery {
  /** How far our clock and Vonage's may be apart. */
  private static final Duration SKEW = Duration.ofMinutes(2);

  /** Longer than any attempt takes to reach Vonage; the API allows a day. */
  private static final Duration ATTEMPT = Duration.ofMinutes(10);

  private final VonageConfig config;

  ReportQuery(VonageConfig config) {
    this.config = config;
  }

  HttpCall call(StatusQuery query) {
    FormBody parameters =
        FormBody.empty()
            .with("account_id", config.apiKey())
            .with("product", config.api().name())
            .with("direction", "outbound");
    String id = query.providerMessageId();
    FormBody asked =
        id == null
            ? parameters
                .with("date_start", date(query.attemptedAt().minus(SKEW)))
                .with("date_end", date(query.attemptedAt().plus(ATTEMPT)))
                .with("to", digits(query.recipient()))
            : parameters.with("id", id);
    return HttpCall.get(
            config.reportsUrl() + "/v2/reports/records?" + asked.encode(), query.timeout())
        .withBasic(config.apiKey(), config.apiSecret());
  }

  private static String date(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String digits(Recipient recipient) {
    return recipient instanceof Recipient.Phone phone ? phone.digits() : recipient.address();
  }
}

package com.example.acme;

import io.signalbox.spi.Receipt;
import io.signalbox.spi.StatusQuery;
import io.signalbox.toolkit.HttpAnswer;
import io.signalbox.toolkit.HttpCall;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.LookUpException;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Asks Acme what became of a message: by its id or, where that never came, by our reference. */
final class AcmeLookUp {
  private AcmeLookUp() {}

  static HttpCall call(AcmeConfig config, StatusQuery query) {
    String messages = config.baseUrl() + "/v1/messages";
    String id = query.providerMessageId();
    String url =
        id == null
            ? messages + "?reference=" + encoded(query.attemptId())
            : messages + "/" + encoded(id);
    return HttpCall.get(url, query.timeout()).withBearer(config.apiKey());
  }

  static Optional<Receipt> receipt(HttpAnswer.Answered answer, StatusQuery query, Instant now) {
    JsonObject body = JsonBody.object(answer.body()).orElseGet(JsonObject::new);
    String code = JsonBody.text(body, "code");
    if (answer.status() == 404 && "not_found".equals(code)) {
      return Optional.empty();
    }
    if (answer.status() != 200) {
      throw LookUpException.answered(answer.status(), code);
    }
    Receipt receipt = AcmeMessage.receipt(body, now).orElseThrow(LookUpException::unreadable);
    if (!speaksOf(query, receipt)) {
      throw LookUpException.unreadable();
    }
    return Optional.of(receipt);
  }

  /** Never believe an answer about another message. */
  private static boolean speaksOf(StatusQuery query, Receipt receipt) {
    String id = query.providerMessageId();
    return query.attemptId().equals(receipt.attemptId())
        && (id == null || id.equals(receipt.providerMessageId()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

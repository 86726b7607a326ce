package io.signalbox.provider.webhook;

import io.signalbox.spi.ConfigReader;
import io.signalbox.toolkit.HttpCall;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The request that sends a message.
 *
 * @param method of the request
 * @param url with placeholders
 * @param headers with placeholders
 * @param credentials how it signs in
 * @param body with placeholders
 */
record RequestTemplate(
    HttpMethod method,
    UrlTemplate url,
    Headers headers,
    Credentials credentials,
    BodyTemplate body) {

  static RequestTemplate read(ConfigReader reader) {
    String method = reader.oneOf("method", "POST", List.of("POST", "PUT", "PATCH", "GET"));
    BodyTemplate body = BodyTemplate.read(reader);
    if (method.equals("GET") && !(body instanceof BodyTemplate.None)) {
      reader.problem("method", "must not be GET, which has no body; put the values into the url");
    }
    return new RequestTemplate(
        HttpMethod.valueOf(method),
        UrlTemplate.read(reader, "url"),
        Headers.read(reader.block("headers")),
        Credentials.read(reader),
        body);
  }

  /** The call for one notification. */
  HttpCall call(Values values) {
    MultiMap all = MultiMap.caseInsensitiveMultiMap();
    if (!body.contentType().isEmpty()) {
      all.set("Content-Type", body.contentType());
    }
    HttpCall call =
        new HttpCall(
            method, url.render(values), all, body.render(values), values.request().timeout());
    return with(credentials.sign(call), headers.render(values));
  }

  /** A call without a body that signs in as this one does. */
  HttpCall check(String checkUrl, Duration timeout) {
    HttpCall call =
        new HttpCall(
            HttpMethod.GET, checkUrl, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(), timeout);
    return with(credentials.sign(call), headers.constant());
  }

  /** The name of a placeholder whose value cannot stand where it should. */
  Optional<String> unfit(Values values) {
    return url.unfit(values).or(() -> body.unfit(values));
  }

  private static HttpCall with(HttpCall call, Map<String, String> headers) {
    HttpCall signed = call;
    for (Map.Entry<String, String> header : headers.entrySet()) {
      signed = signed.withHeader(header.getKey(), header.getValue());
    }
    return signed;
  }
}

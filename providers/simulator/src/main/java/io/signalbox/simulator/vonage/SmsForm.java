package io.signalbox.simulator.vonage;

import io.signalbox.simulator.core.ApiRequest;
import io.signalbox.simulator.core.Fields;
import io.signalbox.simulator.core.PhoneNumber;
import io.signalbox.simulator.core.WebUrl;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameters of an SMS, from JSON or a form, and what the API would refuse in them. */
final class SmsForm {
  private static final Pattern RECIPIENT = Pattern.compile("[0-9]{7,15}");
  private static final Pattern SENDER = Pattern.compile("[0-9]{1,15}|[A-Za-z0-9 ]{1,11}");
  private static final Pattern TTL = Pattern.compile("[0-9]{5,9}");
  private static final int MAX_REFERENCE_LENGTH = 40;
  private static final int MAX_TEXT_LENGTH = 3200;
  private static final long MIN_TTL_MILLIS = 20_000;
  private static final long MAX_TTL_MILLIS = 604_800_000;

  private final Map<String, String> parameters;

  private SmsForm(Map<String, String> parameters) {
    this.parameters = parameters;
  }

  /** Reads the body, and the query too; empty if it cannot be read. */
  static Optional<SmsForm> read(ApiRequest request) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (request.hasContentType("application/json")) {
      Optional<JsonObject> body = Fields.object(request.body());
      if (body.isEmpty()) {
        return Optional.empty();
      }
      body.get().forEach(entry -> parameters.put(entry.getKey(), String.valueOf(entry.getValue())));
      return Optional.of(new SmsForm(parameters));
    }
    return Fields.form(request.body().toString(StandardCharsets.UTF_8))
        .map(
            form -> {
              form.forEach((name, values) -> parameters.put(name, values.get(0)));
              return new SmsForm(parameters);
            });
  }

  Map<String, String> parameters() {
    return parameters;
  }

  /** A parameter; empty if absent. */
  String value(String name) {
    return parameters.getOrDefault(name, "");
  }

  /** A parameter; null if absent or empty. */
  @Nullable String filled(String name) {
    String value = value(name);
    return value.isEmpty() ? null : value;
  }

  /** The first reason to refuse this message, if there is one. */
  Optional<SmsStatus> refusal(boolean refuseRecipient) {
    for (String required : new String[] {"to", "from"}) {
      if (value(required).isEmpty()) {
        return Optional.of(SmsStatus.missing(required));
      }
    }
    if (value("text").isEmpty() && value("body").isEmpty()) {
      return Optional.of(SmsStatus.missing("text"));
    }
    if (!RECIPIENT.matcher(value("to")).matches() || PhoneNumber.isRefused(value("to"))) {
      return Optional.of(SmsStatus.invalid("to"));
    }
    if (!SENDER.matcher(value("from")).matches()) {
      return Optional.of(SmsStatus.INVALID_SENDER);
    }
    if (value("client-ref").length() > MAX_REFERENCE_LENGTH) {
      return Optional.of(SmsStatus.invalid("client-ref"));
    }
    if (!isGoodTtl()) {
      return Optional.of(SmsStatus.invalid("ttl"));
    }
    String callback = filled("callback");
    if (callback != null && WebUrl.parse(callback).isEmpty()) {
      return Optional.of(SmsStatus.INVALID_CALLBACK);
    }
    if (value("text").length() > MAX_TEXT_LENGTH) {
      return Optional.of(SmsStatus.TOO_LONG);
    }
    return refuseRecipient ? Optional.of(SmsStatus.NUMBER_BARRED) : Optional.empty();
  }

  private boolean isGoodTtl() {
    String ttl = value("ttl");
    if (ttl.isEmpty()) {
      return true;
    }
    if (!TTL.matcher(ttl).matches()) {
      return false;
    }
    long millis = Long.parseLong(ttl);
    return millis >= MIN_TTL_MILLIS && millis <= MAX_TTL_MILLIS;
  }

  @Override
  public String toString() {
    return "SmsForm[masked]";
  }
}

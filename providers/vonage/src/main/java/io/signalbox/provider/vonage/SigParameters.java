package io.signalbox.provider.vonage;

import io.signalbox.spi.WebhookRequest;
import io.signalbox.toolkit.FormBody;
import io.signalbox.toolkit.JsonBody;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a delivery receipt, the same whether it came as a query, as a form or as JSON.
 *
 * @param values sorted by name, as the signature wants them
 */
record SigParameters(SortedMap<String, String> values) {

  /** Makes the map unchangeable. */
  SigParameters {
    values = Collections.unmodifiableSortedMap(values);
  }

  /** Reads a request; empty if it is in none of the three forms, or names a parameter twice. */
  static Optional<SigParameters> of(WebhookRequest request) {
    if (request.method().equals("GET")) {
      return FormBody.parse(request.rawQuery()).flatMap(SigParameters::of);
    }
    Optional<JsonObject> json = JsonBody.object(request.body());
    return json.isPresent()
        ? of(json.get())
        : FormBody.parse(request.body()).flatMap(SigParameters::of);
  }

  /** The value of that name; null if it is missing or empty. */
  @Nullable String find(String name) {
    String value = values.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  private static Optional<SigParameters> of(FormBody form) {
    SortedMap<String, String> values = new TreeMap<>();
    for (FormBody.Field field : form.fields()) {
      if (values.put(field.name(), field.value()) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(new SigParameters(values));
  }

  private static Optional<SigParameters> of(JsonObject json) {
    SortedMap<String, String> values = new TreeMap<>();
    for (String name : json.fieldNames()) {
      String value = JsonBody.text(json, name);
      if (value != null) {
        values.put(name, value);
      } else if (json.getValue(name) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(new SigParameters(values));
  }
}

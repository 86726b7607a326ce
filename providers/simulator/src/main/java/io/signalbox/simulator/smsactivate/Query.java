package io.signalbox.simulator.smsactivate;

import io.signalbox.simulator.core.ApiRequest;
import io.signalbox.simulator.core.Fields;
import io.signalbox.simulator.rental.Good;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parameters of a call; of its query, and of its body if it is a form. */
record Query(Map<String, List<String>> parameters) {

  static Query of(ApiRequest request) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    Fields.form(request.query()).ifPresent(all::putAll);
    Fields.form(request.body().toString(StandardCharsets.UTF_8)).ifPresent(all::putAll);
    return new Query(all);
  }

  /** A parameter; null if it is missing or empty. */
  @Nullable String get(String name) {
    String value = Fields.first(parameters, name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** What a call does; empty if it does not say. */
  String action() {
    String action = get("action");
    return action == null ? "" : action;
  }

  /** An amount of money; empty if there is none that can be read. */
  Optional<BigDecimal> amount(String name) {
    String text = get(name);
    return text != null && text.matches("[0-9]{1,9}(\\.[0-9]{1,6})?")
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  /** A number of an activation; -1, which none has, if it is none. */
  long id() {
    String text = get("id");
    return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
  }

  /** Whether a list is to have a good in it. */
  boolean isWanted(Good good) {
    String country = get("country");
    String service = get("service");
    return (country == null || country.equals(good.country()))
        && (service == null || service.equals(good.service()));
  }

  @Override
  public String toString() {
    return "Query[" + action() + "]";
  }
}

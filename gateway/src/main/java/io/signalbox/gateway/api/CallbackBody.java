package io.signalbox.gateway.api;

import io.signalbox.gateway.callback.CallbackEndpoints;
import io.signalbox.gateway.callback.CallbackSecrets;
import io.signalbox.gateway.compat.hooks.SigMethod;
import io.signalbox.gateway.ledger.CallbackForm;
import io.signalbox.gateway.ledger.CallbackFormat;
import io.signalbox.gateway.ledger.EventFilter;
import io.signalbox.gateway.notification.FieldProblem;
import io.signalbox.gateway.text.NearestName;
import io.signalbox.spi.Secret;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a body says of a callback endpoint, and collects its mistakes. */
final class CallbackBody {
  private static final int MOST_FILTERS = 20;
  private static final int LONGEST_DESCRIPTION = 200;
  private static final String SIGNATURE_METHOD = "signature_method";

  private final JsonObject json;
  private final List<FieldProblem> problems = new ArrayList<>();

  /**
   * Takes a body.
   *
   * @param fields the fields that it may have
   */
  CallbackBody(JsonObject json, Set<String> fields) {
    this.json = json;
    for (String name : json.fieldNames()) {
      if (!fields.contains(name)) {
        problem("/" + name.replace("~", "~0").replace("/", "~1"), unknown(name, fields));
      }
    }
  }

  private static String unknown(String name, Set<String> fields) {
    return "is not a known field" + NearestName.hint(name, fields);
  }

  /** Throws if there was any mistake. */
  void check() {
    if (!problems.isEmpty()) {
      throw new InvalidBodyException("the callback endpoint has mistakes", problems);
    }
  }

  /** The URL; null if it is not given. */
  @Nullable String url(CallbackEndpoints rules, boolean required) {
    String url = text("url");
    if (url == null) {
      if (required && !json.containsKey("url")) {
        problem("/url", "is needed");
      }
      return null;
    }
    rules.urlProblem(url).ifPresent(problem -> problem("/url", problem));
    return url;
  }

  /** The description; null if it is not given, empty if it is to be taken away. */
  @Nullable String description() {
    if (json.containsKey("description") && json.getValue("description") == null) {
      return "";
    }
    String description = text("description");
    if (description != null && description.length() > LONGEST_DESCRIPTION) {
      problem("/description", "must have at most " + LONGEST_DESCRIPTION + " characters");
    }
    return description;
  }

  /** The filters; null if they are not given. */
  @Nullable List<EventFilter> filters() {
    Object given = json.getValue("event_types");
    if (given == null) {
      return null;
    }
    if (!(given instanceof JsonArray list) || list.isEmpty() || list.size() > MOST_FILTERS) {
      problem("/event_types", "must be a list of 1 to " + MOST_FILTERS + " types of events");
      return null;
    }
    Set<EventFilter> filters = new LinkedHashSet<>();
    for (int i = 0; i < list.size(); i++) {
      EventFilter filter =
          list.getValue(i) instanceof String text ? EventFilter.parse(text).orElse(null) : null;
      if (filter == null) {
        problem(
            "/event_types/" + i,
            "must be a type of event such as io.signalbox.receipt.bounced,"
                + " or a family such as io.signalbox.notification.*");
      } else {
        filters.add(filter);
      }
    }
    return List.copyOf(filters);
  }

  /** The format; CloudEvents if it is not given. */
  CallbackFormat format() {
    String name = text("format");
    if (name == null) {
      return CallbackFormat.CLOUDEVENTS;
    }
    return CallbackFormat.find(name)
        .orElseGet(
            () -> {
              problem("/format", "must be one of " + String.join(", ", CallbackFormat.names()));
              return CallbackFormat.CLOUDEVENTS;
            });
  }

  /** The method of signing; null if it is not given, empty if it is to be taken away. */
  @Nullable String signatureMethod() {
    if (json.containsKey(SIGNATURE_METHOD) && json.getValue(SIGNATURE_METHOD) == null) {
      return "";
    }
    String method = text(SIGNATURE_METHOD);
    if (method != null && !SigMethod.names().contains(method)) {
      problem("/signature_method", "must be one of " + String.join(", ", SigMethod.names()));
    }
    return method;
  }

  /** How a new endpoint is told. */
  CallbackForm form() {
    CallbackFormat format = format();
    String method = signatureMethod();
    if (method == null || method.isEmpty()) {
      return CallbackForm.of(format);
    }
    if (format != CallbackFormat.VONAGE) {
      problem("/signature_method", "is of the format vonage alone");
    }
    return CallbackForm.of(format).signedBy(method);
  }

  /** The secret of a format; null if it is not given. */
  @Nullable Secret secret(CallbackFormat format) {
    Secret secret = secret();
    if (secret != null) {
      CallbackSecrets.problem(format, secret.reveal())
          .ifPresent(problem -> problem("/secret", problem));
    }
    return secret;
  }

  /** The secret of whatever format; null if it is not given. */
  @Nullable Secret secret() {
    String secret = text("secret");
    return secret == null ? null : new Secret(secret);
  }

  /** Whether it is to be enabled; null if that is not said. */
  @Nullable Boolean enabled() {
    Object given = json.getValue("enabled");
    if (given == null || given instanceof Boolean) {
      return (Boolean) given;
    }
    problem("/enabled", "must be true or false");
    return null;
  }

  private @Nullable String text(String name) {
    Object given = json.getValue(name);
    if (given == null || given instanceof String) {
      return (String) given;
    }
    problem("/" + name, "must be a text");
    return null;
  }

  private void problem(String pointer, String detail) {
    problems.add(new FieldProblem(pointer, detail));
  }
}

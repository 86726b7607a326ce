package io.signalbox.gateway.contract;

import io.signalbox.gateway.contract.Operation.Parameter;
import io.signalbox.gateway.notification.FieldProblem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The calls of the document, and what each takes. Immutable. */
public final class Contract {
  /** How long a body may be of which the document says nothing else, in {@code x-max-bytes}. */
  private static final int BODY_BYTES = 64 << 10;

  /** The same where no body is read; some clients send an empty object with every request. */
  private static final int UNREAD_BYTES = 1 << 10;

  private final Schemas schemas;
  private final List<Operation> operations;
  private final Map<String, PathTemplate> templates = new LinkedHashMap<>();

  private Contract(JsonObject document) {
    this.schemas = new Schemas(document);
    this.operations = new ArrayList<>();
    JsonObject paths = document.getJsonObject("paths");
    for (String template : paths.fieldNames()) {
      templates.put(template, new PathTemplate(template));
      JsonObject methods = paths.getJsonObject(template);
      for (String method : methods.fieldNames()) {
        operations.add(operation(template, method, methods.getJsonObject(method)));
      }
    }
    JsonObject named = document.getJsonObject("components").getJsonObject("schemas");
    named.fieldNames().forEach(name -> schemas.understand(named.getJsonObject(name)));
  }

  /**
   * Reads the document that lies on the class path. Blocks.
   *
   * @throws IllegalStateException if it has what cannot be checked
   */
  public static Contract read() {
    return of(ContractFile.read());
  }

  /**
   * Understands a document.
   *
   * @throws IllegalStateException if it has what cannot be checked
   */
  static Contract of(JsonObject document) {
    return new Contract(document);
  }

  /** All calls. */
  public List<Operation> operations() {
    return List.copyOf(operations);
  }

  /** The call of a method and path; the path may have names in place of parameters. */
  public Optional<Operation> find(String method, String path) {
    return operations.stream()
        .filter(each -> each.method().equals(method) && template(each.template()).fits(path))
        .max(Comparator.comparingInt(each -> template(each.template()).words()));
  }

  /** The methods that a path has, in upper case; empty if there is nothing at that path. */
  public Set<String> methods(String path) {
    int most =
        templates.values().stream()
            .filter(each -> each.fits(path))
            .mapToInt(PathTemplate::words)
            .max()
            .orElse(-1);
    Set<String> methods = new TreeSet<>();
    for (Operation each : operations) {
      PathTemplate template = template(each.template());
      if (template.fits(path) && template.words() == most) {
        methods.add(each.method());
      }
    }
    return methods;
  }

  /** What is wrong with a body of JSON; empty if nothing is. */
  public List<FieldProblem> check(JsonObject schema, @Nullable Object body) {
    return SchemaCheck.of(schemas, schema, body);
  }

  /** What is wrong with the text of a parameter; null if nothing is. */
  public @Nullable String check(Parameter parameter, String text) {
    JsonObject schema = schemas.resolve(parameter.schema());
    return Values.fit(schema, ParameterText.value(schema, text))
        ? null
        : "must be " + Expectation.of(schema);
  }

  private PathTemplate template(String template) {
    return templates.getOrDefault(template, new PathTemplate(template));
  }

  private Operation operation(String template, String method, JsonObject json) {
    List<Parameter> parameters = new ArrayList<>();
    for (Object each : json.getJsonArray("parameters", new JsonArray())) {
      JsonObject found = schemas.resolve((JsonObject) each);
      JsonObject schema = found.getJsonObject("schema");
      schemas.understand(schema);
      parameters.add(
          new Parameter(
              found.getString("name"),
              found.getString("in"),
              found.getBoolean("required", false),
              schema));
    }
    Map<String, JsonObject> bodies = new HashMap<>();
    JsonObject body = json.getJsonObject("requestBody", new JsonObject());
    JsonObject content = body.getJsonObject("content", new JsonObject());
    for (String type : content.fieldNames()) {
      JsonObject schema = content.getJsonObject(type).getJsonObject("schema");
      schemas.understand(schema);
      bodies.put(type, schema);
    }
    return new Operation(
        json.getString("operationId"),
        method.toUpperCase(Locale.ROOT),
        template,
        parameters,
        bodies,
        bodies.isEmpty() ? UNREAD_BYTES : body.getInteger("x-max-bytes", BODY_BYTES),
        produced(json.getJsonObject("responses")),
        parameters.stream().anyMatch(each -> each.name().equals("Idempotency-Key")));
  }

  private Set<String> produced(JsonObject responses) {
    Set<String> types = new TreeSet<>();
    for (String status : responses.fieldNames()) {
      JsonObject answer = schemas.resolve(responses.getJsonObject(status));
      types.addAll(answer.getJsonObject("content", new JsonObject()).fieldNames());
    }
    return types;
  }
}

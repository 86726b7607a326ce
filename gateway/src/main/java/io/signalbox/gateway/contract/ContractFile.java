package io.signalbox.gateway.contract;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The OpenAPI document as a gateway reads it when it starts: JSON, without what only people read.
 * The build makes it from {@code openapi.yaml}, which costs a hundred times as much memory to read,
 * and remains the only place where something is written. Where there was no such build, as in an
 * editor that compiles by itself, the YAML is read; what an earlier build left is read before it.
 */
final class ContractFile {
  private static final String LEAN = "/openapi/contract.json";
  private static final String WHOLE = "/openapi/openapi.yaml";

  /** What describes a schema, parameter or call to people. As names of fields they are objects. */
  private static final Set<String> WORDS = Set.of("description", "summary", "title");

  private static final Set<String> EXAMPLES = Set.of("example", "examples");

  private ContractFile() {}

  /**
   * Makes the file.
   *
   * @param args the path of the YAML, and that of the file to be made
   * @throws IllegalStateException if the document has what cannot be checked
   */
  public static void main(String[] args) throws IOException {
    String text = lean(ofYaml(Files.readString(Path.of(args[0])))).encode();
    Contract.of(new JsonObject(text));
    Files.writeString(Path.of(args[1]), text);
  }

  /** The document that lies on the class path. Blocks. */
  static JsonObject read() {
    byte[] lean = resource(LEAN);
    if (lean != null) {
      return new JsonObject(Buffer.buffer(lean));
    }
    byte[] whole = resource(WHOLE);
    if (whole == null) {
      throw new IllegalStateException(WHOLE + " is missing from the class path");
    }
    return lean(ofYaml(Buffer.buffer(whole).toString()));
  }

  /** The document, of objects and lists of JSON alone. */
  static JsonObject ofYaml(String yaml) {
    Map<String, Object> map = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    return new JsonObject(new JsonObject(map).encode());
  }

  /** What of a document calls are held to. */
  static JsonObject lean(JsonObject document) {
    JsonObject components = document.getJsonObject("components");
    JsonObject kept = new JsonObject();
    for (String kind : List.of("schemas", "parameters", "responses")) {
      kept.put(kind, components.getJsonObject(kind, new JsonObject()));
    }
    return stripped(
        new JsonObject().put("paths", document.getJsonObject("paths")).put("components", kept));
  }

  private static JsonObject stripped(JsonObject object) {
    JsonObject kept = new JsonObject();
    for (String name : object.fieldNames()) {
      Object value = object.getValue(name);
      if (name.equals("responses") && value instanceof JsonObject answers) {
        kept.put(name, mediaTypes(answers));
      } else if (name.equals("properties") && value instanceof JsonObject fields) {
        JsonObject properties = new JsonObject();
        fields.fieldNames().forEach(each -> properties.put(each, part(fields.getValue(each))));
        kept.put(name, properties);
      } else if (!(WORDS.contains(name) && value instanceof String) && !EXAMPLES.contains(name)) {
        kept.put(name, part(value));
      }
    }
    return kept;
  }

  /** Of answers only the types are asked for; a reference stays. */
  private static JsonObject mediaTypes(JsonObject answers) {
    JsonObject kept = new JsonObject();
    for (String status : answers.fieldNames()) {
      JsonObject answer = answers.getJsonObject(status);
      JsonObject lean = new JsonObject();
      if (answer.containsKey("$ref")) {
        lean.put("$ref", answer.getString("$ref"));
      }
      JsonObject content = answer.getJsonObject("content");
      if (content != null) {
        JsonObject types = new JsonObject();
        content.fieldNames().forEach(type -> types.put(type, new JsonObject()));
        lean.put("content", types);
      }
      kept.put(status, lean);
    }
    return kept;
  }

  private static @Nullable Object part(@Nullable Object value) {
    if (value instanceof JsonObject object) {
      return stripped(object);
    }
    if (value instanceof JsonArray list) {
      JsonArray parts = new JsonArray();
      list.forEach(each -> parts.add(part(each)));
      return parts;
    }
    return value;
  }

  private static byte @Nullable [] resource(String path) {
    try (InputStream in = ContractFile.class.getResourceAsStream(path)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be read", e);
    }
  }
}

package io.signalbox.deploy.helm;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Checks objects against the classes that the Kubernetes project makes of its OpenAPI document: the
 * fields that are required, those that exist, and, since reading and writing again must change
 * nothing, the type of each value.
 */
final class KubernetesTypes {
  private static final String MODELS = "io.kubernetes.client.openapi.models.";
  private static final Gson GSON =
      new GsonBuilder().registerTypeAdapter(OffsetDateTime.class, new NoTimes()).create();

  private KubernetesTypes() {}

  /** What Kubernetes would refuse of an object, or that the project has no such kind. */
  static Optional<String> mistake(JsonObject object) {
    try {
      Class<?> type = Class.forName(className(object));
      JsonElement whole = JsonParser.parseString(object.encode());
      type.getMethod("validateJsonElement", JsonElement.class).invoke(null, whole);
      JsonElement given = withoutEmpty(whole);
      JsonElement again =
          withoutEmpty(JsonParser.parseString(GSON.toJson(GSON.fromJson(whole, type))));
      return again.equals(given)
          ? Optional.empty()
          : Optional.of("is read as " + again + " instead of " + given);
    } catch (InvocationTargetException e) {
      return Optional.of(String.valueOf(e.getCause().getMessage()));
    } catch (JsonParseException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (ReflectiveOperationException e) {
      return Optional.of(e.toString());
    }
  }

  /** The classes have empty lists and maps where there is nothing: both mean the same. */
  private static JsonElement withoutEmpty(JsonElement element) {
    if (element.isJsonArray()) {
      JsonArray full = new JsonArray();
      element.getAsJsonArray().forEach(each -> full.add(withoutEmpty(each)));
      return full;
    }
    if (!element.isJsonObject()) {
      return element;
    }
    com.google.gson.JsonObject full = new com.google.gson.JsonObject();
    element
        .getAsJsonObject()
        .asMap()
        .forEach(
            (name, value) -> {
              JsonElement inner = withoutEmpty(value);
              if (!isEmpty(inner)) {
                full.add(name, inner);
              }
            });
    return full;
  }

  private static boolean isEmpty(JsonElement element) {
    return (element.isJsonArray() && element.getAsJsonArray().isEmpty())
        || (element.isJsonObject() && element.getAsJsonObject().isEmpty());
  }

  /** V1StatefulSet for a StatefulSet of apps/v1. */
  private static String className(JsonObject object) {
    String apiVersion = object.getString("apiVersion");
    String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
    return MODELS + version.replace('v', 'V') + object.getString("kind");
  }

  /** Times are the server's to set; Gson cannot make an adapter by itself. */
  private static final class NoTimes extends TypeAdapter<OffsetDateTime> {
    @Override
    public void write(JsonWriter out, OffsetDateTime value) throws IOException {
      out.nullValue();
    }

    @Override
    public OffsetDateTime read(JsonReader in) {
      throw new JsonParseException("a time at " + in.getPath());
    }
  }
}

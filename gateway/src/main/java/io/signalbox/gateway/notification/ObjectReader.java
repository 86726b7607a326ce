package io.signalbox.gateway.notification;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a JSON object of the application's own; members that are null are left out. */
final class ObjectReader {
  private static final int METADATA_BYTES = 16 << 10;
  private static final int DATA_BYTES = 64 << 10;

  private final JsonParser json;
  private final Problems problems;
  private final int maxBytes;
  private final boolean numbersAsTexts;

  private ObjectReader(JsonParser json, Problems problems, int maxBytes, boolean numbersAsTexts) {
    this.json = json;
    this.problems = problems;
    this.maxBytes = maxBytes;
    this.numbersAsTexts = numbersAsTexts;
  }

  /** Reads metadata. */
  static ObjectReader ofMetadata(JsonParser json, Problems problems) {
    return new ObjectReader(json, problems, METADATA_BYTES, false);
  }

  /**
   * Reads the data of a template: numbers are texts as they were written, so that a price of 12.50
   * is shown as one.
   */
  static ObjectReader ofData(JsonParser json, Problems problems) {
    return new ObjectReader(json, problems, DATA_BYTES, true);
  }

  Map<String, Object> read(String pointer) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      problems.add(pointer, "must be an object");
      json.skipChildren();
      return Map.of();
    }
    long start = json.currentTokenLocation().getByteOffset();
    Map<String, Object> values = object(pointer);
    if (json.currentLocation().getByteOffset() - start > maxBytes) {
      problems.add(pointer, "must have at most " + maxBytes + " bytes");
    }
    return values;
  }

  private Map<String, Object> object(String pointer) throws IOException {
    Map<String, Object> values = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      Object value = value(pointer);
      if (value != null && values.put(name, value) != null) {
        problems.add(Problems.child(pointer, name), "stands there twice");
      }
    }
    return Collections.unmodifiableMap(values);
  }

  private List<Object> array(String pointer) throws IOException {
    List<Object> values = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      Object value = value(pointer);
      if (value != null) {
        values.add(value);
      }
    }
    return Collections.unmodifiableList(values);
  }

  private @Nullable Object value(String pointer) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> object(pointer);
      case START_ARRAY -> array(pointer);
      case VALUE_STRING -> json.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          numbersAsTexts ? json.getText() : json.getNumberValue();
      default -> null;
    };
  }
}

package io.signalbox.gateway.notification;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads tags: an object of texts, or an array of texts, each of which then has the value true. */
final class TagsReader {
  static final int MAX_TAGS = 20;
  static final int LONGEST_NAME = 64;
  static final int LONGEST_VALUE = 256;

  private final JsonParser json;
  private final Problems problems;
  private final FieldReader values;

  TagsReader(JsonParser json, Problems problems, FieldReader values) {
    this.json = json;
    this.problems = problems;
    this.values = values;
  }

  Map<String, String> read(String pointer) throws IOException {
    Map<String, String> tags = new LinkedHashMap<>();
    if (json.currentToken() == JsonToken.START_OBJECT) {
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        readMember(pointer, name, tags);
      }
    } else if (json.currentToken() == JsonToken.START_ARRAY) {
      for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
        String name = values.line(pointer + "/" + i, LONGEST_NAME);
        if (name != null) {
          tags.put(name, "true");
        }
      }
    } else {
      problems.add(pointer, "must be an object of texts or an array of texts");
    }
    if (tags.size() > MAX_TAGS) {
      problems.add(pointer, "must have at most " + MAX_TAGS + " tags");
    }
    return tags;
  }

  private void readMember(String pointer, String name, Map<String, String> tags)
      throws IOException {
    String child = Problems.child(pointer, name);
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      problems.add(child, "must have a name of 1 to " + LONGEST_NAME + " characters");
    }
    String value = values.line(child, LONGEST_VALUE);
    if (value != null && tags.put(name, value) != null) {
      problems.add(child, "stands there twice");
    }
  }
}

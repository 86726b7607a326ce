package io.signalbox.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Mistakes are collected by a schema, and not more of them than anybody reads. */
class SchemaCheckTest {
  private static final Schemas SCHEMAS = new Schemas(new JsonObject());

  @Test
  void whoSendsThousandsOfMistakesIsNotLookedAtToTheEnd() {
    AtomicInteger looks = new AtomicInteger();
    JsonArray list = new JsonArray();
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < 70_000; i++) {
      list.add(new JsonObject(new Counted(looks)));
      fields.put("recipiant" + i, 1);
    }
    JsonObject closed =
        new JsonObject()
            .put("type", "object")
            .put("additionalProperties", false)
            .put("properties", new JsonObject().put("recipient", new JsonObject()));
    JsonObject ofList = new JsonObject().put("type", "array").put("items", closed);
    assertThat(SchemaCheck.of(SCHEMAS, ofList, list)).hasSize(50);
    assertThat(looks.get()).isBetween(50, 60);
    assertThat(SchemaCheck.of(SCHEMAS, closed, new JsonObject(fields))).hasSize(50);
  }

  @Test
  void oneOfSeveralFormsIsExactlyOne() {
    JsonObject text = new JsonObject().put("type", "string");
    JsonObject some = new JsonObject().put("type", "string").put("minLength", 2);
    JsonObject schema = new JsonObject().put("oneOf", new JsonArray().add(text).add(some));
    assertThat(SchemaCheck.of(SCHEMAS, schema, "a")).isEmpty();
    assertThat(SchemaCheck.of(SCHEMAS, schema, "ab")).hasSize(1);
    assertThat(SchemaCheck.of(SCHEMAS, schema, 1)).hasSize(1);
  }

  /** One unknown field, and a note of each look at it. */
  private static final class Counted extends LinkedHashMap<String, Object> {
    private static final long serialVersionUID = 1;
    private final transient AtomicInteger looks;

    Counted(AtomicInteger looks) {
      this.looks = looks;
      put("odd", 1);
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
      looks.incrementAndGet();
      return super.entrySet().stream().collect(Collectors.toSet());
    }
  }
}

package io.signalbox.gateway.compat;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Map;

/** Requests of dialects, for tests. */
public final class Requests {
  /** When they came. */
  public static final Instant NOW = Instant.parse("2026-11-23T13:00:00Z");

  private Requests() {}

  /** A form. */
  public static DialectRequest form(Map<String, String> path, String body) {
    return of(path, "application/x-www-form-urlencoded; charset=UTF-8", body);
  }

  /** JSON. */
  public static DialectRequest json(Map<String, String> path, String body) {
    return of(path, "application/json", body);
  }

  /** Any body. */
  public static DialectRequest of(Map<String, String> path, String contentType, String body) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("content-type", contentType);
    return new DialectRequest(
        path, MultiMap.caseInsensitiveMultiMap(), headers, Buffer.buffer(body), NOW);
  }

  /** No body, with a header. */
  public static DialectRequest with(Map<String, String> path, String header, String value) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add(header, value);
    return new DialectRequest(
        path, MultiMap.caseInsensitiveMultiMap(), headers, Buffer.buffer(), NOW);
  }

  /** A query, as {@code name, value, name, value}. */
  public static DialectRequest query(Map<String, String> path, String... pairs) {
    MultiMap query = MultiMap.caseInsensitiveMultiMap();
    for (int i = 0; i < pairs.length; i += 2) {
      query.add(pairs[i], pairs[i + 1]);
    }
    return new DialectRequest(
        path, query, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(), NOW);
  }
}

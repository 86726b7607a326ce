package io.signalbox.testkit;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the fake server does with a request.
 *
 * @param manner whole, or broken in some way
 * @param status of the answer
 * @param headers of the answer
 * @param body of the answer
 */
public record Reply(Manner manner, int status, Map<String, String> headers, Buffer body) {

  /** Ways to treat a request. */
  public enum Manner {
    /** A whole answer. */
    WHOLE,
    /** Reads the request and never answers. */
    HANG,
    /** Reads the request and closes the connection. */
    CUT_BEFORE_ANSWER,
    /** Sends a part of the answer and closes the connection. */
    CUT_IN_ANSWER
  }

  /** Copies the headers. */
  public Reply {
    headers = Map.copyOf(headers);
  }

  /** A whole answer of any kind. */
  public static Reply of(int status, String contentType, Buffer body) {
    return new Reply(Manner.WHOLE, status, Map.of("Content-Type", contentType), body);
  }

  /** A whole answer of JSON, given as its text. */
  public static Reply json(int status, String body) {
    return of(status, "application/json", Buffer.buffer(body));
  }

  /** A whole answer of JSON. */
  public static Reply json(int status, JsonObject body) {
    return of(status, "application/json", body.toBuffer());
  }

  /** A whole answer without a body. */
  public static Reply empty(int status) {
    return new Reply(Manner.WHOLE, status, Map.of(), Buffer.buffer());
  }

  /** Never answers. */
  public static Reply hang() {
    return empty(200).in(Manner.HANG);
  }

  /** Closes the connection instead of an answer. */
  public static Reply cutBeforeAnswer() {
    return empty(200).in(Manner.CUT_BEFORE_ANSWER);
  }

  /** The same with one more header. */
  public Reply withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(manner, status, more, body);
  }

  /** The same with another body. */
  public Reply withBody(Buffer other) {
    return new Reply(manner, status, headers, other);
  }

  /** This answer, broken off in the middle. */
  public Reply cutInAnswer() {
    return in(Manner.CUT_IN_ANSWER);
  }

  private Reply in(Manner other) {
    return new Reply(other, status, headers, body);
  }
}

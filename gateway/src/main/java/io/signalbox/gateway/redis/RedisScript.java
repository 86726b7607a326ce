package io.signalbox.gateway.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A script that Redis runs as one step. It is sent whole each time: it is short, and a server that
 * was started anew knows none. Immutable.
 */
public final class RedisScript {
  private final String text;

  private RedisScript(String text) {
    this.text = text;
  }

  /** The script of a file that stands beside a class. */
  public static RedisScript of(Class<?> owner, String file) {
    try (InputStream in = owner.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not in the jar");
      }
      return new RedisScript(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A call with one key, to which arguments may be added. */
  public Request on(String key) {
    return call(List.of(key));
  }

  /** A call with these keys, to which arguments may be added. */
  public Request call(List<String> keys) {
    Request call = Request.cmd(Command.EVAL).arg(text).arg(keys.size());
    keys.forEach(call::arg);
    return call;
  }

  /** The number that a script answered. */
  public static long number(Response answer) {
    return Long.parseLong(answer.toString());
  }
}

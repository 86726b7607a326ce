package io.signalbox.simulator;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;

/** An answer as a client sees it. */
public record Reply(int status, HttpResponse<String> response) {

  public String body() {
    return response.body();
  }

  public JsonObject json() {
    return new JsonObject(body());
  }

  public String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }
}

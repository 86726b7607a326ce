package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** A gateway with an API key, as an application knows it that uses another provider's SDK. */
final class DialectGateway implements AutoCloseable {
  private final TestGateway gateway;
  private final Calls calls;
  private final String key;

  DialectGateway(Path dir, Map<String, String> settings) throws Exception {
    gateway = TestGateway.start(dir, settings);
    calls = new Calls(gateway.url());
    key = newKey("{\"name\":\"shop\",\"roles\":[\"sender\"]}");
  }

  /** An API key of a sender. */
  String key() {
    return key;
  }

  TestGateway gateway() {
    return gateway;
  }

  /** Another API key. */
  String newKey(String request) throws Exception {
    return calls
        .send(
            "POST",
            "/api/v1/api-keys",
            request,
            "authorization",
            "Bearer " + gateway.token(Role.ADMIN),
            "content-type",
            "application/json")
        .json()
        .getString("key");
  }

  Reply send(String method, String path, String body, String... headers) throws Exception {
    return calls.send(method, path, body, headers);
  }

  /** The same with a body of bytes. */
  Reply post(String path, byte[] body, String... headers) throws Exception {
    return calls.sendBytes("POST", path, HttpRequest.BodyPublishers.ofByteArray(body), headers);
  }

  /** The stored notification of an id, by the gateway's own API. */
  JsonObject stored(String id) throws Exception {
    return timeline(id).getJsonObject("notification");
  }

  /** All that is known of a notification, by the gateway's own API. */
  JsonObject timeline(String id) throws Exception {
    Reply reply = calls.send("GET", "/api/v1/notifications/" + id, "", "x-api-key", key);
    assertThat(reply.status()).isEqualTo(200);
    return reply.json();
  }

  /** How many notifications there are to a mail address. */
  int countTo(String address) throws Exception {
    return to(address).size();
  }

  /** The id of the only notification to a mail address. */
  String idTo(String address) throws Exception {
    assertThat(to(address)).hasSize(1);
    return to(address).getJsonObject(0).getString("id");
  }

  private JsonArray to(String address) throws Exception {
    return calls
        .send(
            "GET",
            "/api/v1/notifications?recipient=" + address,
            "",
            "authorization",
            "Bearer " + gateway.token(Role.MANAGER))
        .json()
        .getJsonArray("notifications");
  }

  /** Stores a template. */
  void template(String name, String document) throws Exception {
    Reply reply =
        calls.send(
            "PUT",
            "/api/v1/templates/" + name,
            document,
            "authorization",
            "Bearer " + gateway.token(Role.MANAGER),
            "content-type",
            "application/json");
    assertThat(reply.status()).as(reply.text()).isBetween(200, 201);
  }

  @Override
  public void close() throws ExecutionException, TimeoutException {
    gateway.close();
  }
}

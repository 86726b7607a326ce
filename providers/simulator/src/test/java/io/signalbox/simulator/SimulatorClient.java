package io.signalbox.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.sandbox.Sandbox;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A running simulator and a client of the JDK, which shares nothing with it. */
public final class SimulatorClient implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Simulator simulator;
  private final String controlUrl;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public SimulatorClient(Simulator simulator, int controlPort) throws Exception {
    this(simulator, Sandbox.LOOPBACK, controlPort);
  }

  SimulatorClient(Simulator simulator, String host, int controlPort) throws Exception {
    this.simulator = simulator;
    this.controlUrl = get(simulator.start(vertx, host, controlPort));
  }

  /** A simulator with the credentials that all tests share: to make new ones takes long. */
  public static SimulatorClient started() throws Exception {
    return new SimulatorClient(new Simulator(SharedState.FILE), 0);
  }

  public static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  public String controlUrl() {
    return controlUrl;
  }

  Set<String> plugins() throws Exception {
    return describeAll().fieldNames();
  }

  public JsonObject describe(String plugin) throws Exception {
    return describeAll().getJsonObject(plugin);
  }

  private JsonObject describeAll() throws Exception {
    Reply reply = call("GET", controlUrl + "/_control", Map.of(), "");
    return reply.json().getJsonObject("plugins");
  }

  public JsonObject account(String plugin) throws Exception {
    return describe(plugin).getJsonObject("account");
  }

  public String url(String plugin) throws Exception {
    return describe(plugin).getString("url");
  }

  public Reply control(String method, String path, String body) throws Exception {
    return call(method, controlUrl + "/_control" + path, Map.of(), body);
  }

  public void set(String plugin, JsonObject settings) throws Exception {
    Reply reply = control("POST", "/" + plugin, settings.encode());
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
  }

  public List<JsonObject> received(String plugin) throws Exception {
    JsonObject page = control("GET", "/" + plugin + "/received", "").json();
    return IntStream.range(0, page.getJsonArray("received").size())
        .mapToObj(i -> page.getJsonArray("received").getJsonObject(i))
        .collect(Collectors.toList());
  }

  public Reply call(String method, String url, Map<String, String> headers, String body)
      throws IOException, InterruptedException {
    return call(method, url, headers, body, Duration.ofSeconds(30));
  }

  public Reply call(
      String method, String url, Map<String, String> headers, String body, Duration timeout)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(timeout)
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    HttpResponse<String> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Reply(response.statusCode(), response);
  }

  @Override
  public void close() {
    try {
      get(simulator.stop());
      get(vertx.close());
    } catch (Exception e) {
      throw new IllegalStateException("the simulator does not stop", e);
    }
  }

  /** The file of the credentials; the first simulator writes it. */
  private static final class SharedState {
    static final Path FILE = file();

    private static Path file() {
      try {
        Path folder = Files.createTempDirectory("simulator");
        folder.toFile().deleteOnExit();
        Path file = folder.resolve("state.json");
        file.toFile().deleteOnExit();
        return file;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

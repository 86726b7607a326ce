package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Provider files and jars come, change and go while the gateway runs. */
@Timeout(400)
class HotDeployIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String TWILIO = "twilio";
  private static final String VONAGE = "vonage";

  private static SimulatorProcess simulator;

  @TempDir Path directory;

  private final AtomicInteger numbers = new AtomicInteger();
  private Path plugins;
  private Path definitions;
  private GatewayProcess gateway;
  private ApiClient api;

  @BeforeAll
  static void startSimulator() {
    simulator = SimulatorProcess.start();
  }

  @AfterAll
  static void stopSimulator() {
    simulator.close();
  }

  @BeforeEach
  void start() throws IOException {
    plugins = directory.resolve("plugins");
    Distribution.copyPlugins(plugins);
    definitions = directory.resolve("definitions");
    Distribution.copySandboxProviders(definitions, SimulatorProcess.PLUGINS);
    Path none = Files.createDirectories(directory.resolve("none"));
    drop(VONAGE);
    gateway =
        GatewayProcess.start(
            GatewaySettings.in(directory.resolve("data"))
                .against(simulator)
                .with("plugins.dir", plugins)
                .with("sandbox.providers_dir", none)
                .with("scoring.exploration", "0.0"));
    api = gateway.admin();
    awaitRunning(VONAGE);
  }

  @AfterEach
  void stop() {
    if (gateway != null) {
      gateway.close();
    }
  }

  @Test
  void providerFilesComeChangeAndGo() throws IOException {
    assertThat(provider(TWILIO)).isEmpty();
    assertThat(deliverOne()).isEqualTo(VONAGE);

    drop(TWILIO);
    awaitRunning(TWILIO);
    await().atMost(LIMIT).until(() -> deliverOne().equals(TWILIO));

    long generation = generation(TWILIO);
    write(TWILIO, definition(TWILIO).replace("priority: 1", "priority: 9"));
    await()
        .atMost(LIMIT)
        .until(() -> provider(TWILIO).filter(p -> p.getInteger("priority") == 9).isPresent());
    assertThat(generation(TWILIO)).isGreaterThan(generation);

    Files.delete(plugins.resolve(TWILIO + ".yaml"));
    awaitGone(TWILIO);
    assertThat(deliverOne()).isEqualTo(VONAGE);
  }

  @Test
  void jarsGoAndComeBack() throws IOException {
    drop(TWILIO);
    awaitRunning(TWILIO);
    Path jar = plugins.resolve("twilio.jar");
    Path away = directory.resolve("twilio.jar");

    Files.move(jar, away);
    awaitGone(TWILIO);
    assertThat(deliverOne()).isEqualTo(VONAGE);

    Files.move(away, jar);
    awaitRunning(TWILIO);
    await().atMost(LIMIT).until(() -> deliverOne().equals(TWILIO));
  }

  @Test
  void aTruncatedJarIsRefusedAndTheOldOneStays() throws IOException {
    drop(TWILIO);
    awaitRunning(TWILIO);
    long generation = generation(TWILIO);
    Path jar = plugins.resolve("twilio.jar");
    byte[] whole = Files.readAllBytes(jar);

    replace(jar, Arrays.copyOf(whole, whole.length / 2));
    gateway.awaitOutput(Pattern.compile("twilio\\.jar is not used"), LIMIT);

    assertThat(generation(TWILIO)).isEqualTo(generation);
    assertThat(deliver(Messages.sms(next()).put("provider", TWILIO))).isEqualTo(TWILIO);
  }

  private int next() {
    return numbers.incrementAndGet();
  }

  /** The provider that delivered a text message. */
  private String deliverOne() {
    return deliver(Messages.sms(next()));
  }

  private String deliver(JsonObject message) {
    Timeline ended =
        Settling.awaitAll(api, List.of(api.send(message)), LIMIT, Timeline::isDelivered).get(0);
    return ended.attempts().get(ended.attempts().size() - 1).provider();
  }

  private Optional<JsonObject> provider(String id) {
    return api.get("/api/v1/providers").json(200).getJsonArray("providers").stream()
        .map(JsonObject.class::cast)
        .filter(provider -> id.equals(provider.getString("id")))
        .findFirst();
  }

  private boolean runs(String id) {
    return provider(id).filter(p -> "active".equals(p.getString("stage"))).isPresent();
  }

  private void awaitRunning(String id) {
    await(id + " runs").atMost(LIMIT).until(() -> runs(id));
  }

  private void awaitGone(String id) {
    await(id + " is gone").atMost(LIMIT).until(() -> provider(id).isEmpty());
  }

  private long generation(String id) {
    return provider(id).map(p -> p.getLong("generation")).orElse(-1L);
  }

  private String definition(String id) throws IOException {
    // A slow machine must not look like a slow provider.
    return Files.readString(definitions.resolve(id + ".yaml"))
        .replaceAll("timeout: \\S+", "timeout: 30s");
  }

  private void drop(String id) throws IOException {
    write(id, definition(id));
  }

  private void write(String id, String text) throws IOException {
    replace(plugins.resolve(id + ".yaml"), text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** In one step, as the documentation advises. */
  private void replace(Path file, byte[] content) throws IOException {
    Path temporary = directory.resolve(file.getFileName() + ".tmp");
    Files.write(temporary, content);
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}

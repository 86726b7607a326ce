package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.deploy.ApiClient.Answer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets and recipients are planted wherever a gateway is given any, all that can go wrong does,
 * and then everything that it has told is searched for them: its log at the level DEBUG, its
 * metrics, its reports, its refusals, a dump of its threads, what its commands print, and the
 * sealed files of its ledger.
 */
@Timeout(400)
class PlantedSecretsIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Pattern SECRET_KEY = Pattern.compile(".*(key|secret|token|password).*");
  private static final int LONG_ENOUGH = 10;
  private static final int BEFORE_LEAK = 200;

  private static final String MAIL = "planted.person@example.com";
  private static final String BOUNCING = "bounce.planted@example.com";
  private static final String PHONE = "+4915155500042";
  private static final String CHAT = "7766554433";
  private static final String WORDS = "PlantedWords";

  @TempDir Path directory;

  /** What must be nowhere, by a name for the message. */
  private final Map<String, String> planted = new LinkedHashMap<>();

  /** What the gateway has told, by where. */
  private final Map<String, String> told = new LinkedHashMap<>();

  private GatewayProcess gateway;
  private ApiClient api;
  private Path plugins;

  @Test
  void nothingThatTheGatewayTellsHoldsASecretOrARecipient() throws IOException {
    planted.putAll(Map.of("mail", MAIL, "bouncing mail", BOUNCING, "words", WORDS));
    planted.putAll(Map.of("phone", PHONE.substring(1), "chat", CHAT));
    plugins = directory.resolve("plugins");
    Distribution.copyPlugins(plugins);
    try (SimulatorProcess simulator = SimulatorProcess.start();
        CallbackReceiver receiver = CallbackReceiver.start()) {
      SimulatorProcess.PLUGINS.forEach(plugin -> plantAccount(simulator, plugin));
      GatewaySettings settings = settings(simulator);
      gateway = GatewayProcess.start(settings);
      try {
        planted.put("jwt key", Files.readString(settings.dataDir().resolve("jwt.key")).strip());
        String token = AdminToken.of(settings.dataDir());
        planted.put("admin's token", token.substring(token.lastIndexOf('.') + 1));
        api = gateway.admin();
        sendAndBreak(simulator, receiver);
        swapProviders();
        askBadly();
        report();
        commands(settings);
        search();
      } finally {
        gateway.close();
      }
    }
  }

  private void plantAccount(SimulatorProcess simulator, String plugin) {
    JsonObject account = simulator.describe(plugin).getJsonObject("account");
    account.forEach(
        entry -> {
          String value = String.valueOf(entry.getValue());
          boolean open = entry.getKey().contains("public");
          if (SECRET_KEY.matcher(entry.getKey()).matches()
              && !open
              && value.length() >= LONG_ENOUGH) {
            planted.put(plugin + "'s " + entry.getKey(), value);
          }
        });
  }

  private GatewaySettings settings(SimulatorProcess simulator) throws IOException {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 0x5a);
    String text = Base64.getEncoder().encodeToString(key);
    planted.put("encryption key", text);
    Path keyFile = Files.writeString(directory.resolve("encryption.key"), text);
    Path ring = Files.writeString(directory.resolve("ring"), "k1: file:" + keyFile + "\n");
    return GatewaySettings.in(directory.resolve("data"))
        .against(simulator)
        .withAttemptTimeout("2s", "sendgrid", "twilio")
        .with("plugins.dir", plugins)
        .with("security.encryption_keys", ring)
        .with("unknown.failover_after", "300ms")
        .with("unknown.wait_for", "300ms")
        .with("callbacks.allow_http", true)
        .with("callbacks.allowed_networks", "127.0.0.0/8")
        .with("log.format", "json")
        .with("log.level", "debug")
        .with("log.access", true);
  }

  private void sendAndBreak(SimulatorProcess simulator, CallbackReceiver receiver) {
    receiver.failEvery(2);
    String endpoint = receiver.subscribe(api, "io.signalbox.*");
    JsonObject rotated =
        api.post("/api/v1/callbacks/" + endpoint + "/rotate-secret", new JsonObject()).json(200);
    planted.put("callback secret", rotated.getString("secret"));
    List<String> ids = new ArrayList<>();
    for (String mode : List.of("ok", "error", "hang", "cut", "throttle", "reject", "refuse")) {
      simulator.mode("sendgrid", mode);
      simulator.mode("twilio", mode);
      ids.add(api.send(mail(MAIL)));
      ids.add(api.send(message("sms").put("recipient_phone", PHONE)));
    }
    simulator.reset();
    ids.add(api.send(message("telegram").put("recipient_telegram_id", Long.parseLong(CHAT))));
    ids.add(api.send(mail(BOUNCING).put("provider", "resend")));
    Settling.awaitAll(
        api, ids, LIMIT, one -> one.isOver() || List.of("sent", "held").contains(one.state()));
  }

  private static JsonObject message(String channel) {
    return new JsonObject()
        .put("notification_type", "planted")
        .put("channel", channel)
        .put("title", WORDS + "Title")
        .put("message", WORDS + "Message")
        .put("metadata", new JsonObject().put("note", WORDS + "Metadata"));
  }

  private static JsonObject mail(String address) {
    return message("email").put("recipient_email", address).put("html", "<p>" + WORDS + "</p>");
  }

  /** A file with its secret in itself is refused, one with a wrong secret too often tried. */
  private void swapProviders() throws IOException {
    planted.put("literal key", "SG.planted-literal-key");
    planted.put("wrong key", "SG.planted-wrong-key");
    planted.put("broken key", "planted-broken-key");
    Path secret = Files.writeString(directory.resolve("wrong"), "SG.planted-wrong-key");
    String sandbox =
        Files.readString(directory.resolve("data/sandbox/sendgrid.yaml")).replace('"', '\'');
    String variable = "'${sandbox:sendgrid.api_key}'";
    write("literal", sandbox.replace(variable, "SG.planted-literal-key"));
    write("broken", sandbox.replace(variable, "[planted-broken-key"));
    write("wrong", sandbox.replace(variable, "'${file:" + secret + "}'"));
    gateway.awaitOutput(Pattern.compile("config\\.api_key: must not stand in the file"), LIMIT);
    await("the file with the wrong key runs")
        .atMost(LIMIT)
        .until(() -> api.get("/api/v1/providers").body().contains("\"wrong\""));
    api.send(mail(MAIL).put("provider", "wrong"));
    Files.writeString(secret, "SG.planted-wrong-key-again");
    gateway.awaitOutput(Pattern.compile("replacing provider wrong"), LIMIT);
  }

  private void write(String id, String text) throws IOException {
    Files.writeString(plugins.resolve(id + ".yaml"), text);
  }

  private void askBadly() {
    planted.put("made-up token", "cGxhbnRlZA.cGxhbnRlZC1ib2R5.cGxhbnRlZC1zaWduYXR1cmU");
    planted.put("made-up API key", "sbx_plantedplant_0123456789");
    String send = "/api/v1/notifications/send";
    for (String body :
        List.of(
            "{\"channel\":\"email\",\"recipient_email\":\"" + MAIL,
            mail("not " + MAIL + " an address").encode(),
            // The name of an unknown field is told back; what stands in it is not.
            mail(MAIL).put("unknown", MAIL + WORDS).encode(),
            message("sms").put("recipient_phone", PHONE + "x").encode(),
            mail(MAIL).put("priority", MAIL).put("channel", PHONE).encode())) {
      refused(api.call("POST", send, body, Map.of("Content-Type", "application/json")));
    }
    refused(api.post("/api/v1/suppressions", new JsonObject().put("recipient", MAIL)));
    refused(
        api.post(
            "/api/v1/recipients/erase",
            new JsonObject().put("channel", "sms").put("recipient", MAIL)));
    refused(api.get("/api/v1/notifications/" + MAIL));
    ApiClient forger = new ApiClient(gateway.url(), planted.get("made-up token"));
    refused(forger.get("/api/v1/providers"));
    ApiClient nobody = new ApiClient(gateway.url(), "");
    refused(
        nobody.call(
            "GET", "/api/v1/providers", "", Map.of("X-Api-Key", planted.get("made-up API key"))));
    for (String plugin : SimulatorProcess.PLUGINS) {
      refused(nobody.post("/webhooks/" + plugin + "?to=" + MAIL, mail(MAIL)));
    }
    api.post(
            "/api/v1/recipients/erase",
            new JsonObject().put("channel", "email").put("recipient", BOUNCING))
        .json(202);
    await("erased")
        .atMost(LIMIT)
        .until(() -> api.get("/api/v1/erasures").body().contains("\"done\""));
  }

  private void refused(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
    told.put("refusal " + told.size(), answer.body());
  }

  private void report() {
    for (String path :
        List.of(
            "/metrics",
            "/health/detailed",
            "/health/providers",
            "/health/circuit-breakers",
            "/api/v1/providers",
            "/api/v1/plugins",
            "/api/v1/policies",
            "/api/v1/callbacks",
            "/api/v1/api-keys",
            "/api/v1/erasures",
            "/api/v1/dead-letters",
            "/api/v1/notifications/pipeline/metrics",
            "/api/v1/notifications/pipeline/health",
            "/api/v1/providers/sendgrid/breaker-events")) {
      told.put(path, api.get(path).body());
    }
    for (String command : List.of("Thread.print", "VM.command_line", "VM.system_properties")) {
      told.put(command, gateway.diagnosis(command));
    }
  }

  private void commands(GatewaySettings settings) {
    Map<String, String> environment = settings.environment();
    String token = AdminToken.of(settings.dataDir());
    for (List<String> command :
        List.of(
            List.of("providers", "--url", gateway.url(), "--token", token),
            List.of("send", "--url", "http://127.0.0.1:1", "--token", token, "--to", MAIL),
            List.of("send", "--url", gateway.url(), "--token", "x" + token, "--to", MAIL))) {
      CommandRun run = CommandRun.signalbox(environment, command.toArray(new String[0]));
      told.put(command.get(0) + " " + told.size(), run.out() + run.err());
    }
  }

  private void search() throws IOException {
    told.put("ledger", bytes("ledger.db") + bytes("ledger.db-wal"));
    told.put("log", gateway.output());
    List<String> leaks = new ArrayList<>();
    told.forEach(
        (where, what) -> {
          String lower = what.toLowerCase(Locale.ROOT);
          planted.forEach(
              (name, text) -> {
                int at = lower.indexOf(text.toLowerCase(Locale.ROOT));
                // Telegram's id of a message begins with the chat, and receipts are found by it.
                boolean isId = where.equals("ledger") && name.equals("chat");
                if (!isId && at >= 0) {
                  String before = what.substring(Math.max(0, at - BEFORE_LEAK), at);
                  leaks.add(where + " holds the " + name + " after: " + before);
                }
              });
        });
    assertThat(leaks).isEmpty();
    assertThat(told.get("ledger").toLowerCase(Locale.ROOT)).as("a ledger").contains("sqlite");
  }

  private String bytes(String file) throws IOException {
    Path path = directory.resolve("data").resolve(file);
    return Files.exists(path)
        ? new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1)
        : "";
  }
}

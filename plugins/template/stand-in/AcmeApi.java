import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Plays the Acme mail API, to try the provider with: {@code java stand-in/AcmeApi.java PORT
 * WEBHOOK_URL}. Takes every mail except those to {@code invalid@...} and reports it delivered.
 * Written from the documents in README.md and the JDK alone, not from the provider's code.
 */
public final class AcmeApi {
  private static final String KEY = "stand-in-key";
  private static final String SECRET = "stand-in-secret";
  private static final int MAX_MESSAGES = 10_000;

  private final URI webhooks;
  private final HttpClient client = HttpClient.newHttpClient();

  /** Messages by their id, the oldest dropped first. */
  private final Map<String, String> messages =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
              return size() > MAX_MESSAGES;
            }
          });

  private int count;

  private AcmeApi(URI webhooks) {
    this.webhooks = webhooks;
  }

  public static void main(String[] arguments) throws IOException {
    AcmeApi api = new AcmeApi(URI.create(arguments[1]));
    int port = Integer.parseInt(arguments[0]);
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    server.setExecutor(Executors.newSingleThreadExecutor());
    server.createContext("/v1/account", exchange -> api.answer(exchange, 200, "{}"));
    server.createContext("/v1/messages", api::messages);
    server.start();
    System.out.println("Acme's stand-in is on http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void messages(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("POST")) {
      take(exchange);
    } else {
      String message = find(exchange.getRequestURI());
      if (message == null) {
        answer(exchange, 404, "{\"code\":\"not_found\",\"message\":\"No such message\"}");
      } else {
        answer(exchange, 200, message);
      }
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String to = field(body, "to");
    if (to.startsWith("invalid@")) {
      answer(exchange, 400, "{\"code\":\"invalid_address\",\"message\":\"No such address\"}");
      return;
    }
    String id = "m-" + ++count;
    String message =
        """
        {"id":"%s","reference":"%s","status":"delivered","to":"%s","at":"%s"}\
        """
            .formatted(id, field(body, "reference"), to, Instant.now());
    messages.put(id, message);
    System.out.println("POST /v1/messages: " + id);
    if (answer(exchange, 202, "{\"id\":\"" + id + "\"}")) {
      report(message);
    }
  }

  private String find(URI uri) {
    if (uri.getQuery() != null && uri.getQuery().startsWith("reference=")) {
      String reference = uri.getQuery().substring("reference=".length());
      synchronized (messages) {
        return messages.values().stream()
            .filter(message -> field(message, "reference").equals(reference))
            .findFirst()
            .orElse(null);
      }
    }
    return messages.get(uri.getPath().substring(uri.getPath().lastIndexOf('/') + 1));
  }

  /** Answers, with an error where the key is wrong; says whether it was right. */
  private boolean answer(HttpExchange exchange, int status, String body) throws IOException {
    boolean known =
        ("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    byte[] bytes =
        (known ? body : "{\"code\":\"bad_key\",\"message\":\"Unknown key\"}")
            .getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(known ? status : 401, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
    return known;
  }

  private void report(String message) {
    String timestamp = Long.toString(Instant.now().getEpochSecond());
    HttpRequest webhook =
        HttpRequest.newBuilder(webhooks)
            .header("Content-Type", "application/json")
            .header("Acme-Timestamp", timestamp)
            .header("Acme-Signature", signature(timestamp + "." + message))
            .POST(HttpRequest.BodyPublishers.ofString(message))
            .build();
    client
        .sendAsync(webhook, BodyHandlers.discarding())
        .whenComplete(
            (answer, failure) ->
                System.out.println(
                    "webhook: " + (failure == null ? answer.statusCode() : failure)));
  }

  private static String signature(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Good enough for the texts that the provider sends here; a real API reads JSON. */
  private static String field(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
    return matcher.find() ? matcher.group(1) : "";
  }
}

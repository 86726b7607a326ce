package io.signalbox.gateway.cli;

import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "send",
    mixinStandardHelpOptions = true,
    description = "Sends one notification, from options or from a file with its JSON object.")
final class SendCommand implements Callable<Integer> {
  @Mixin private Output output = new Output();
  @Mixin private ClientOptions client = new ClientOptions();
  @Mixin private NotificationOptions notification = new NotificationOptions();

  @Option(names = "--explain", description = "send nothing: show who would be chosen now, and why")
  private boolean explain;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "a repeated command with the same key sends nothing")
  private @Nullable String idempotencyKey;

  @Override
  public Integer call() {
    JsonObject body = notification.notification();
    HttpCall call = client.call(Role.SENDER);
    if (explain) {
      output.result(
          call.post("/api/v1/notifications/explain", body.encode()),
          answer -> ExplainText.lines(answer).forEach(output::line));
      return 0;
    }
    String path = "/api/v1/notifications/send";
    JsonObject answer =
        idempotencyKey == null
            ? call.post(path, body.encode())
            : call.post(path, body.encode(), "idempotency-key", idempotencyKey);
    output.result(
        answer,
        accepted ->
            output.line(
                accepted.getString("id")
                    + " "
                    + accepted.getString("status")
                    + (accepted.getBoolean("duplicate", false) ? " (sent before)" : "")));
    return 0;
  }
}

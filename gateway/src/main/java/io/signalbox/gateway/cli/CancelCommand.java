package io.signalbox.gateway.cli;

import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description = "Calls back a notification that is not sent yet.")
final class CancelCommand implements Callable<Integer> {
  @Mixin private Output output = new Output();
  @Mixin private ClientOptions client = new ClientOptions();

  @Parameters(index = "0", paramLabel = "ID", description = "the notification's id")
  private String id = "";

  @Override
  public Integer call() {
    String path = "/api/v1/notifications/" + Typed.segment(id) + "/cancel";
    JsonObject answer = client.call(Role.SENDER).post(path, "");
    output.result(answer, result -> output.line(describe(result)));
    return 0;
  }

  /** What came of it, in a line. */
  static String describe(JsonObject result) {
    String status = result.getString("status", "");
    String reason = result.getString("reason", status);
    String line = result.getString("id") + " " + status;
    if ("cancel_requested".equals(status)) {
      return line + ": an attempt is under way; none follows it";
    }
    return reason.equals(status) ? line : line + " (" + reason + ")";
  }
}

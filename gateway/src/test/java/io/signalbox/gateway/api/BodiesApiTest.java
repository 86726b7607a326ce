package io.signalbox.gateway.api;

import static io.signalbox.gateway.api.TestGateway.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Role;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies of calls that people and tools make are held until they are answered, within a bound. */
class BodiesApiTest {
  private static final String PATH = "/api/v1/suppressions";
  private static final String ONE = "{\"channel\":\"email\",\"recipient\":\"a@example.org\"}";

  @TempDir private Path dir;

  @Test
  void whatDoesNotFitIsRefusedAndWhatIsAnsweredGivesBackWhatItHeld() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      Gate gate = gateway.gate(new BodyBudget(100));
      Router router = Router.router(gateway.vertx());
      router
          .post(PATH)
          .handler(
              gate.allow(
                  Access.SUPPRESSIONS_CHANGE,
                  (ctx, caller) ->
                      Answers.json(
                          ctx,
                          200,
                          new JsonObject().put("added", 0).put("suppressions", new JsonArray()))));
      HttpServer server =
          await(gateway.vertx().createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
      Calls calls = new Calls("http://127.0.0.1:" + server.actualPort());
      String token = "Bearer " + gateway.token(Role.ADMIN);
      for (int i = 0; i < 5; i++) {
        assertThat(calls.send("POST", PATH, ONE, "authorization", token).status()).isEqualTo(200);
        String large = ONE + " ".repeat(100);
        assertThat(calls.send("POST", PATH, large, "authorization", token).status()).isEqualTo(503);
      }
      await(server.close());
    }
  }
}

package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.contract.Contract;
import io.signalbox.gateway.notification.FieldProblem;
import io.signalbox.gateway.notification.NotificationParser;
import io.signalbox.gateway.notification.ParsedNotification;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The streaming parser of the hot path takes and refuses what the document does. */
class NotificationDocumentTest {
  private static final int BODIES = Integer.getInteger("signalbox.fuzz", 20_000);

  /** Rules that the document says in words: they are about several fields, or about the present. */
  private static final Pattern IN_WORDS =
      Pattern.compile(
          "is required.*|or html is required|is only for the channel email"
              + "|must not repeat the channel itself|must not stand beside .*|is only for a template"
              + "|must be in the future|must end after send_at|must be less than 366 days ahead"
              + "|must not be blank|must be one line without control characters"
              + "|must be one mail address.*|must be a country of ISO 3166.*"
              + "|must be the number of a chat.*|must have at most 20 tags.*"
              + "|is not a known policy.*|must have a name of.*|must have at most (16384|65536) bytes|must be a language tag as in BCP 47.*");

  @Test
  void bothTakeAndRefuseTheSame() throws Exception {
    // The same ones each time; others are for whoever looks for more.
    long seed = Long.getLong("signalbox.fuzz.seed", 1);
    JsonObject document = OpenApiTest.document();
    Contract contract = Contract.read();
    Specimens specimens = new Specimens(document, new Random(seed));
    Random random = new Random(seed + 1);
    NotificationParser parser = new NotificationParser(Clock.systemUTC(), name -> null);
    JsonObject schema = new JsonObject().put("$ref", "#/components/schemas/Notification");
    int taken = 0;
    int refused = 0;
    for (int i = 0; i < BODIES; i++) {
      Object value = addressed((JsonObject) specimens.valid(schema, ""));
      for (int spoils = random.nextInt(3); spoils > 0; spoils--) {
        value = specimens.spoiled(value);
      }
      String body = Json.encode(value);
      List<FieldProblem> byDocument = contract.check(schema, Json.decodeValue(body));
      List<FieldProblem> byParser = problems(parser.parse(Buffer.buffer(body), "t", null));
      String shown = "seed " + seed + ", body " + body;
      if (byDocument.isEmpty()) {
        taken++;
        assertThat(byParser)
            .as(shown)
            .allSatisfy(problem -> assertThat(problem.detail()).matches(IN_WORDS));
      } else {
        refused++;
        assertThat(byParser).as(shown + ", by the document: " + byDocument).isNotEmpty();
      }
    }
    assertThat(taken).as("seed " + seed).isGreaterThan(BODIES / 10);
    assertThat(refused).as("seed " + seed).isGreaterThan(BODIES / 10);
  }

  /** With all recipients, senders that are some, and a text, so that more of them can be taken. */
  private static JsonObject addressed(JsonObject body) {
    if (body.getString("from_email") != null) {
      body.put("from_email", "from@example.org");
    }
    JsonArray answers = body.getJsonArray("reply_to");
    for (int i = 0; answers != null && i < answers.size(); i++) {
      String address = "answers" + i + "@example.org";
      if (answers.getValue(i) instanceof JsonObject named && named.getValue("email") != null) {
        named.put("email", address);
      } else {
        answers.set(i, address);
      }
    }
    return body.put("recipient_email", "a@example.org")
        .put("recipient_phone", "+15550001234")
        .put("recipient_telegram_id", 7)
        .put("message", "hello");
  }

  private static List<FieldProblem> problems(ParsedNotification parsed) {
    return parsed instanceof ParsedNotification.Invalid invalid ? invalid.problems() : List.of();
  }
}

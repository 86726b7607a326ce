package io.signalbox.gateway.compat.resend;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.compat.DialectMemo;
import io.signalbox.gateway.compat.DialectRequest;
import io.signalbox.gateway.compat.Requests;
import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.TraceContext;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is told of a mail to several recipients. */
class ResendFetchTest {

  @Test
  void whatWentWrongForOneIsTold() {
    assertThat(ResendFetch.together(List.of("delivered", "bounced", "queued")))
        .isEqualTo("bounced");
    assertThat(ResendFetch.together(List.of("clicked", "failed"))).isEqualTo("failed");
  }

  @Test
  void orElseHowFarTheLeastAdvancedHasCome() {
    assertThat(ResendFetch.together(List.of("delivered", "queued", "sent"))).isEqualTo("queued");
    assertThat(ResendFetch.together(List.of("clicked", "delivered"))).isEqualTo("delivered");
    assertThat(ResendFetch.together(List.of("sent"))).isEqualTo("sent");
  }

  @Test
  void whoWasErasedSaysNothingOfTheOthers() {
    JsonObject stored = mail("a@b.test");
    JsonObject told =
        told(
            mail(stored, NotificationState.SENT),
            mail(new JsonObject(), NotificationState.CANCELLED));
    assertThat(told.getString("last_event")).isEqualTo("sent");
    assertThat(told.getJsonArray("to")).isEqualTo(new JsonArray().add("a@b.test"));
  }

  @Test
  void namesStandAsInAHeader() {
    JsonObject answers =
        mail("a@b.test")
            .put(
                "reply_to",
                new JsonArray()
                    .add(new JsonObject().put("email", "h@b.test").put("name", "Help, us")));
    JsonObject told = told(mail(answers, NotificationState.QUEUED));
    assertThat(told.getJsonArray("reply_to"))
        .isEqualTo(new JsonArray().add("\"Help, us\" <h@b.test>"));
  }

  private static JsonObject told(Timeline... all) {
    DialectRequest request = Requests.json(Map.of(), "");
    return new ResendFetch().answer(request, List.of(all)).body().toJsonObject();
  }

  private static JsonObject mail(String to) {
    DialectMemo memo =
        new DialectMemo(ResendDialect.NAME, null, "f@b.test", null, Map.of(), List.of());
    return new JsonObject().put("recipient_email", to).put(DialectMemo.FIELD, memo.toJson());
  }

  private static Timeline mail(JsonObject content, NotificationState state) {
    NotificationId id = new NotificationId(1L, 2L);
    return new Timeline(
        id,
        "default",
        content.isEmpty() ? Buffer.buffer() : content.toBuffer(),
        state,
        null,
        0,
        0,
        0,
        0,
        null,
        TraceContext.of(id),
        List.of(),
        List.of(),
        List.of());
  }
}

package io.signalbox.gateway.compat.sendgrid;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.compat.AskedNotification;
import io.signalbox.gateway.compat.JsonFields;
import io.signalbox.gateway.compat.Mistakes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is made of SendGrid's mails before anything is stored. */
class SendGridMailTest {
  private static final String TOO_MANY = "personalizations must have at most 1000 recipients";

  @Test
  void noMoreIsMadeThanMayBe() {
    assertThat(read(mail(to(1_000)), new Mistakes())).hasSize(1_000);
    Mistakes many = new Mistakes();
    assertThat(read(mail(to(20_000)), many)).hasSizeLessThanOrEqualTo(1_000);
    assertThat(many.refusal().first().text()).isEqualTo(TOO_MANY);
    Mistakes spread = new Mistakes();
    JsonObject mail = mail(to(600));
    mail.getJsonArray("personalizations").add(new JsonObject().put("to", to(600)));
    assertThat(read(mail, spread)).hasSizeLessThanOrEqualTo(1_000);
    assertThat(spread.refusal().first().text()).isEqualTo(TOO_MANY);
  }

  @Test
  void personalizationsAndAddressesForAnswersAreCountedFirst() {
    Mistakes empty = new Mistakes();
    JsonObject mail = mail(to(1));
    IntStream.range(0, 1_000)
        .forEach(i -> mail.getJsonArray("personalizations").add(new JsonObject()));
    assertThat(read(mail, empty)).isEmpty();
    assertThat(empty.refusal().mistakes())
        .extracting(each -> each.text())
        .containsExactly(TOO_MANY);
    Mistakes answers = new Mistakes();
    read(mail(to(1)).put("reply_to_list", to(51)), answers);
    assertThat(answers.refusal().first().field()).isEqualTo("reply_to_list");
  }

  private static List<AskedNotification> read(JsonObject mail, Mistakes mistakes) {
    return new SendGridMail(new JsonFields(mail, SendGridFields.TABLE, mistakes)).read();
  }

  private static JsonArray to(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new JsonObject().put("email", "m" + i + "@many.test"))
        .collect(Collectors.collectingAndThen(Collectors.toList(), JsonArray::new));
  }

  private static JsonObject mail(JsonArray to) {
    return new JsonObject()
        .put("personalizations", new JsonArray().add(new JsonObject().put("to", to)))
        .put("from", new JsonObject().put("email", "a@b.test"))
        .put("subject", "s")
        .put(
            "content",
            new JsonArray().add(new JsonObject().put("type", "text/plain").put("value", "t")));
  }
}

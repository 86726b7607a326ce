package io.signalbox.gateway.compat.resend;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.compat.AskedNotification;
import io.signalbox.gateway.compat.Mistakes;
import io.signalbox.gateway.compat.Requests;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is made of Resend's mails before anything is stored. */
class ResendMailTest {

  @Test
  void ofTooManyRecipientsNothingIsMade() {
    assertThat(read(mail(recipients(50)), new Mistakes())).hasSize(50);
    Mistakes many = new Mistakes();
    assertThat(read(mail(recipients(51)), many)).isEmpty();
    assertThat(many.refusal().first().text()).isEqualTo("to must have at most 50 addresses");
    Mistakes answers = new Mistakes();
    read(mail(recipients(1)).put("reply_to", recipients(51)), answers);
    assertThat(answers.refusal().first().field()).isEqualTo("reply_to");
  }

  @Test
  void whoStandsThereTwiceGetsOneMail() {
    JsonArray to = new JsonArray(List.of("A <a@b.test>", "c@d.test", "A@B.test"));
    assertThat(read(mail(to), new Mistakes()))
        .extracting(asked -> asked.notification().getString("recipient_email"))
        .containsExactly("a@b.test", "c@d.test");
  }

  @Test
  void noTagIsLostToAnotherOfItsName() {
    JsonArray tags = new JsonArray().add(tag("a", "1")).add(tag("b", "1"));
    assertThat(read(mail(recipients(1)).put("tags", tags), new Mistakes())).hasSize(1);
    Mistakes twice = new Mistakes();
    read(mail(recipients(1)).put("tags", tags.copy().add(tag("a", "2"))), twice);
    assertThat(twice.refusal().first().text())
        .isEqualTo("tags.2.name is the name of another tag too");
  }

  @Test
  void addressesForAnswersKeepTheirNames() {
    JsonArray answers = new JsonArray(List.of("Help, \u00fc <h@b.test>", "i@b.test", "H@b.test"));
    AskedNotification asked =
        read(mail(recipients(1)).put("reply_to", answers), new Mistakes()).get(0);
    assertThat(asked.notification().getJsonArray("reply_to"))
        .isEqualTo(
            new JsonArray()
                .add(new JsonObject().put("email", "h@b.test").put("name", "Help, \u00fc"))
                .add("i@b.test"));
    assertThat(asked.field("/reply_to/0/name")).isEqualTo("reply_to");
  }

  private static JsonObject tag(String name, String value) {
    return new JsonObject().put("name", name).put("value", value);
  }

  private static List<AskedNotification> read(JsonObject mail, Mistakes mistakes) {
    return ResendMail.read(mail, "", Requests.NOW, mistakes);
  }

  private static JsonArray recipients(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "m" + i + "@many.test")
        .collect(Collectors.collectingAndThen(Collectors.toList(), JsonArray::new));
  }

  private static JsonObject mail(JsonArray to) {
    return new JsonObject()
        .put("from", "a@b.test")
        .put("to", to)
        .put("subject", "s")
        .put("text", "t");
  }
}

package io.signalbox.gateway.compat.postmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.gateway.compat.AskedNotification;
import io.signalbox.gateway.compat.Mistakes;
import io.signalbox.gateway.compat.RefusedException;
import io.signalbox.gateway.compat.Requests;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is made of Postmark's mails before anything is stored. */
class PostmarkMailTest {

  @Test
  void ofTooManyRecipientsNothingIsMade() {
    assertThat(PostmarkMail.read(mail(recipients(50)), new Mistakes())).hasSize(50);
    Mistakes many = new Mistakes();
    assertThat(PostmarkMail.read(mail(recipients(51)), many)).isEmpty();
    assertThat(many.refusal().first().text()).isEqualTo("To must have at most 50 entries");
    assertThat(PostmarkMail.read(mail(",".repeat(100_000)), new Mistakes())).isEmpty();
    Mistakes answers = new Mistakes();
    PostmarkMail.read(mail("a@b.test").put("ReplyTo", recipients(51)), answers);
    assertThat(answers.refusal().first().field()).isEqualTo("ReplyTo");
  }

  @Test
  void aBatchIsReadAsFarAsItMayGo() {
    JsonArray mails = new JsonArray();
    IntStream.range(0, 101).forEach(i -> mails.add(mail(recipients(50))));
    // Nobody comes as far as this one.
    mails.add(new JsonObject());
    RefusedException refused =
        catchThrowableOfType(
            RefusedException.class,
            () -> new PostmarkBatch().read(Requests.json(Map.of(), mails.encode())));
    assertThat(refused.refusal().first().text())
        .isEqualTo("batch must have at most 5000 recipients");
  }

  @Test
  void whoStandsThereTwiceGetsOneMail() {
    assertThat(PostmarkMail.read(mail("A <a@b.test>, c@d.test, A@B.test"), new Mistakes()))
        .extracting(PostmarkMailTest::recipient)
        .containsExactly("a@b.test", "c@d.test");
  }

  @Test
  void addressesForAnswersKeepTheirNames() {
    JsonObject mail = mail("c@d.test").put("ReplyTo", "\"Help, us\" <h@b.test>, i@b.test");
    assertThat(
            PostmarkMail.read(mail, new Mistakes()).get(0).notification().getJsonArray("reply_to"))
        .isEqualTo(
            new JsonArray()
                .add(new JsonObject().put("email", "h@b.test").put("name", "Help, us"))
                .add("i@b.test"));
  }

  private static String recipient(AskedNotification asked) {
    return asked.notification().getString("recipient_email");
  }

  private static String recipients(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "m" + i + "@many.test")
        .collect(Collectors.joining(","));
  }

  private static JsonObject mail(String to) {
    return new JsonObject()
        .put("From", "a@b.test")
        .put("To", to)
        .put("Subject", "s")
        .put("TextBody", "t");
  }
}

package io.signalbox.gateway.compat.mailgun;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.compat.AskedNotification;
import io.signalbox.gateway.compat.FormFields;
import io.signalbox.gateway.compat.Mistakes;
import io.signalbox.gateway.compat.Refusal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is made of Mailgun's mails before anything is stored. */
class MailgunMailTest {

  @Test
  void ofTooManyRecipientsNothingIsMade() {
    assertThat(read(new Mistakes(), recipients("a", 600), recipients("b", 400))).hasSize(1_000);
    Mistakes many = new Mistakes();
    assertThat(read(many, recipients("a", 600), recipients("b", 401), ",".repeat(100_000)))
        .isEmpty();
    // Nobody came as far as the commas, which are no addresses.
    assertThat(many.refusal().mistakes())
        .containsExactly(new Refusal.Mistake("", "Too many recipients, max is 1000"));
  }

  @Test
  void whoStandsThereTwiceGetsOneMail() {
    assertThat(read(new Mistakes(), "A <a@b.test>, c@d.test", "A@B.test"))
        .extracting(asked -> asked.notification().getString("recipient_email"))
        .containsExactly("a@b.test", "c@d.test");
  }

  @Test
  void addressesForAnswersKeepTheirNames() {
    assertThat(read(new Mistakes(), "c@d.test").get(0).notification().getJsonArray("reply_to"))
        .isEqualTo(
            new JsonArray()
                .add(new JsonObject().put("email", "h@b.test").put("name", "Help, us"))
                .add("i@b.test"));
  }

  private static List<AskedNotification> read(Mistakes mistakes, String... to) {
    Map<String, List<String>> form =
        Map.of(
            "h:Reply-To",
            List.of("\"Help, us\" <h@b.test>, i@b.test"),
            "from",
            List.of("a@b.test"),
            "to",
            List.of(to),
            "subject",
            List.of("s"),
            "text",
            List.of("t"));
    return new MailgunMail(new FormFields(form, List.of()), "b.test", mistakes).read();
  }

  private static String recipients(String name, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> name + i + "@many.test")
        .collect(Collectors.joining(","));
  }
}

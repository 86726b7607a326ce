package io.signalbox.gateway.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How each API of mail says that there is nobody to send from an address. */
class UnknownSenderTest {

  private static DialectAnswer told(String dialect, String field) {
    return Dialects.all().stream()
        .filter(each -> each.name().equals(dialect))
        .findFirst()
        .orElseThrow()
        .refuse(
            new Refusal(
                422,
                Refusal.Kind.UNKNOWN_SENDER,
                "the sender is not verified",
                List.of(new Refusal.Mistake(field, "is not verified: nobody has it")),
                0));
  }

  @Test
  void eachApiHasItsOwnError() {
    DialectAnswer sendGrid = told("sendgrid", "from.email");
    assertThat(sendGrid.status()).isEqualTo(403);
    JsonObject error = sendGrid.body().toJsonObject().getJsonArray("errors").getJsonObject(0);
    assertThat(error.getString("field")).isEqualTo("from");
    assertThat(error.getString("message"))
        .startsWith("The from address does not match a verified Sender Identity");
    DialectAnswer resend = told("resend", "from");
    assertThat(resend.status()).isEqualTo(403);
    assertThat(resend.body().toJsonObject().getString("name")).isEqualTo("validation_error");
    DialectAnswer postmark = told("postmark", "From");
    assertThat(postmark.status()).isEqualTo(422);
    assertThat(postmark.body().toJsonObject().getInteger("ErrorCode")).isEqualTo(400);
    DialectAnswer mailgun = told("mailgun", "from");
    assertThat(mailgun.status()).isEqualTo(400);
    assertThat(mailgun.body().toJsonObject().getString("message")).contains("not verified");
  }
}

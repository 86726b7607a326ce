import com.fasterxml.jackson.databind.JsonNode;
import com.resend.Resend;
import com.resend.services.emails.model.CreateEmailOptions;
import com.resend.services.webhooks.model.VerifyWebhookOptions;

/** {@code resend-java}, which calls one host and no other. */
final class ResendSdk implements SdkDriver.Sdk {
  @Override
  public JsonNode call(String method, JsonNode with) throws Exception {
    return switch (method) {
      case "send" -> send(with);
      case "verify" -> verify(with);
      default -> throw SdkDriver.unknown(method);
    };
  }

  private static JsonNode send(JsonNode with) throws Exception {
    CreateEmailOptions mail =
        CreateEmailOptions.builder()
            .from(SdkDriver.text(with, "from"))
            .to(SdkDriver.texts(with, "to"))
            .subject(SdkDriver.text(with, "subject"))
            .text(SdkDriver.text(with, "text"))
            .build();
    String id = new Resend(SdkDriver.text(with, "key")).emails().send(mail).getId();
    return SdkDriver.JSON.createObjectNode().put("id", id);
  }

  /** Throws for what it does not accept. */
  private static JsonNode verify(JsonNode with) throws Exception {
    VerifyWebhookOptions.Builder options =
        VerifyWebhookOptions.builder()
            .payload(SdkDriver.text(with, "body"))
            .secret(SdkDriver.text(with, "secret"));
    for (String name : new String[] {"svix-id", "svix-timestamp", "svix-signature"}) {
      options.addHeader(name, SdkDriver.text(with.get("headers"), name));
    }
    new Resend("re_none").webhooks().verify(options.build());
    return SdkDriver.JSON.createObjectNode();
  }
}

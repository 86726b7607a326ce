import com.fasterxml.jackson.databind.JsonNode;
import com.mailgun.api.v3.MailgunMessagesApi;
import com.mailgun.client.MailgunClient;
import com.mailgun.model.message.Message;
import com.mailgun.model.message.MessageResponse;

/** {@code mailgun-java}. */
final class MailgunSdk implements SdkDriver.Sdk {
  @Override
  public JsonNode call(String method, JsonNode with) {
    if (!method.equals("send")) {
      throw SdkDriver.unknown(method);
    }
    MailgunMessagesApi messages =
        MailgunClient.config(SdkDriver.text(with, "url"), SdkDriver.text(with, "key"))
            .createApi(MailgunMessagesApi.class);
    Message mail =
        Message.builder()
            .from(SdkDriver.text(with, "from"))
            .to(SdkDriver.texts(with, "to"))
            .subject(SdkDriver.text(with, "subject"))
            .text(SdkDriver.text(with, "text"))
            .build();
    MessageResponse sent = messages.sendMessage(SdkDriver.text(with, "domain"), mail);
    return SdkDriver.JSON
        .createObjectNode()
        .put("id", sent.getId())
        .put("message", sent.getMessage());
  }
}

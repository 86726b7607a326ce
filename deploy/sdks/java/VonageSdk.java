import com.fasterxml.jackson.databind.JsonNode;
import com.vonage.client.HttpConfig;
import com.vonage.client.VonageClient;
import com.vonage.client.auth.RequestSigning;
import com.vonage.client.messages.MessagesClient;
import com.vonage.client.messages.sms.SmsTextRequest;
import com.vonage.client.sms.MessageStatus;
import com.vonage.client.sms.SmsSubmissionResponse;
import com.vonage.client.sms.SmsSubmissionResponseMessage;
import com.vonage.client.sms.messages.TextMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/** Vonage's {@code server-sdk}. */
final class VonageSdk implements SdkDriver.Sdk {
  @Override
  public JsonNode call(String method, JsonNode with) {
    return switch (method) {
      case "sms" -> sms(with);
      case "message" -> message(with);
      case "verify" ->
          plain(MessagesClient.verifySignature(text(with, "token"), text(with, "secret")));
      case "verifyReceipt" -> verifyReceipt(with);
      default -> throw SdkDriver.unknown(method);
    };
  }

  private static String text(JsonNode with, String field) {
    return SdkDriver.text(with, field);
  }

  private static JsonNode plain(boolean value) {
    return SdkDriver.JSON.getNodeFactory().booleanNode(value);
  }

  private static VonageClient client(JsonNode with) {
    VonageClient.Builder client =
        VonageClient.builder().apiKey("abcd1234").apiSecret(text(with, "key"));
    if (with.has("url")) {
      client.httpConfig(HttpConfig.builder().baseUri(text(with, "url")).build());
    }
    return client.build();
  }

  private static JsonNode sms(JsonNode with) {
    SmsSubmissionResponse sent =
        client(with)
            .getSmsClient()
            .submitMessage(
                new TextMessage(text(with, "from"), text(with, "to"), text(with, "text")));
    SmsSubmissionResponseMessage first = sent.getMessages().get(0);
    return SdkDriver.JSON
        .createObjectNode()
        .put("id", first.getId())
        .put("status", first.getStatus().name())
        .put("ok", first.getStatus() == MessageStatus.OK)
        .put("error", first.getErrorText());
  }

  private static JsonNode message(JsonNode with) {
    SmsTextRequest message =
        SmsTextRequest.builder()
            .from(text(with, "from"))
            .to(text(with, "to"))
            .text(text(with, "text"))
            .build();
    UUID id = client(with).getMessagesClient().sendMessage(message).getMessageUuid();
    return SdkDriver.JSON.createObjectNode().put("id", id.toString());
  }

  private static JsonNode verifyReceipt(JsonNode with) {
    byte[] body = text(with, "body").getBytes(StandardCharsets.UTF_8);
    return plain(
        RequestSigning.verifyRequestSignature(
            new ByteArrayInputStream(body),
            text(with.get("headers"), "content-type"),
            Map.of(),
            text(with, "secret")));
  }
}

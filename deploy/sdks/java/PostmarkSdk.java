import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.postmarkapp.postmark.Postmark;
import com.postmarkapp.postmark.client.ApiClient;
import com.postmarkapp.postmark.client.data.model.message.Message;
import com.postmarkapp.postmark.client.data.model.message.MessageResponse;
import java.util.ArrayList;
import java.util.List;

/** Postmark's SDK: its URL has no scheme. */
final class PostmarkSdk implements SdkDriver.Sdk {
  @Override
  public JsonNode call(String method, JsonNode with) throws Exception {
    ApiClient client =
        Postmark.getApiClient(
            SdkDriver.text(with, "key"),
            false,
            SdkDriver.text(with, "url").substring("http://".length()));
    switch (method) {
      case "send":
        return told(client.deliverMessage(mail(with)));
      case "batch":
        List<Message> mails = new ArrayList<>();
        with.get("messages").forEach(each -> mails.add(mail(each)));
        ArrayNode all = SdkDriver.JSON.createArrayNode();
        client.deliverMessage(mails).forEach(each -> all.add(told(each)));
        return SdkDriver.JSON.createObjectNode().set("messages", all);
      default:
        throw SdkDriver.unknown(method);
    }
  }

  private static Message mail(JsonNode with) {
    Message mail = new Message();
    mail.setFrom(SdkDriver.text(with, "from"));
    mail.setTo(SdkDriver.texts(with, "to"));
    mail.setSubject(SdkDriver.text(with, "subject"));
    mail.setTextBody(SdkDriver.text(with, "text"));
    return mail;
  }

  private static ObjectNode told(MessageResponse sent) {
    return SdkDriver.JSON
        .createObjectNode()
        .put("id", sent.getMessageId())
        .put("to", sent.getTo())
        .put("code", sent.getErrorCode())
        .put("message", sent.getMessage());
  }
}

import com.fasterxml.jackson.databind.JsonNode;
import com.sendgrid.Client;
import com.sendgrid.Method;
import com.sendgrid.Request;
import com.sendgrid.Response;
import com.sendgrid.SendGrid;
import com.sendgrid.helpers.eventwebhook.EventWebhook;
import com.sendgrid.helpers.mail.Mail;
import com.sendgrid.helpers.mail.objects.Content;
import com.sendgrid.helpers.mail.objects.Email;
import com.sendgrid.helpers.mail.objects.Personalization;
import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * {@code sendgrid-java}, which takes a host and no path. The provider of cryptography that it
 * verifies with is the application's to bring.
 */
final class SendGridSdk implements SdkDriver.Sdk {
  static {
    Security.addProvider(new BouncyCastleProvider());
  }

  @Override
  public JsonNode call(String method, JsonNode with) throws Exception {
    return switch (method) {
      case "send" -> send(with);
      case "verify" -> verify(with);
      default -> throw SdkDriver.unknown(method);
    };
  }

  private static SendGrid client(JsonNode with) {
    String key = SdkDriver.text(with, "key");
    if (!with.has("host")) {
      return new SendGrid(key);
    }
    SendGrid client = new SendGrid(key, new Client(true));
    client.setHost(SdkDriver.text(with, "host"));
    return client;
  }

  private static JsonNode send(JsonNode with) throws Exception {
    Mail mail = new Mail();
    mail.setFrom(new Email(SdkDriver.text(with, "from")));
    mail.setSubject(SdkDriver.text(with, "subject"));
    mail.addContent(new Content("text/plain", SdkDriver.text(with, "text")));
    for (String to : SdkDriver.texts(with, "to")) {
      Personalization one = new Personalization();
      one.addTo(new Email(to));
      mail.addPersonalization(one);
    }
    Request request = new Request();
    request.setMethod(Method.POST);
    request.setEndpoint("mail/send");
    request.setBody(mail.build());
    Response response = client(with).api(request);
    return SdkDriver.JSON
        .createObjectNode()
        .put("status", response.getStatusCode())
        .put("body", response.getBody())
        .put("id", response.getHeaders().get("X-Message-Id"));
  }

  private static JsonNode verify(JsonNode with) throws Exception {
    EventWebhook events = new EventWebhook();
    JsonNode headers = with.get("headers");
    boolean ok =
        events.VerifySignature(
            events.ConvertPublicKeyToECDSA(SdkDriver.text(with, "secret")),
            SdkDriver.text(with, "body"),
            SdkDriver.text(headers, "x-twilio-email-event-webhook-signature"),
            SdkDriver.text(headers, "x-twilio-email-event-webhook-timestamp"));
    return SdkDriver.JSON.getNodeFactory().booleanNode(ok);
  }
}

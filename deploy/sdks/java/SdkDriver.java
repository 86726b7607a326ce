import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.resend.Resend;
import com.resend.core.exception.ResendException;
import com.resend.services.emails.model.CreateEmailOptions;
import com.sendgrid.Method;
import com.sendgrid.Request;
import com.sendgrid.Response;
import com.sendgrid.SendGrid;
import com.sendgrid.helpers.mail.Mail;
import com.sendgrid.helpers.mail.objects.Content;
import com.sendgrid.helpers.mail.objects.Email;
import com.twilio.exception.ApiException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import com.vonage.client.VonageClient;
import com.vonage.client.sms.MessageStatus;
import com.vonage.client.sms.SmsSubmissionResponse;
import com.vonage.client.sms.SmsSubmissionResponseMessage;
import com.vonage.client.sms.messages.TextMessage;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Calls SDKs as it is told, one line of JSON for each call. It names no host: the SDKs do. */
public final class SdkDriver {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SdkDriver() {}

  public static void main(String[] args) throws Exception {
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    // What libraries print must not look like an answer.
    System.setOut(System.err);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonNode call = JSON.readTree(line);
      answers.println(JSON.writeValueAsString(answer(call.get("do").asText(), call.get("with"))));
    }
  }

  private static ObjectNode answer(String what, JsonNode with) {
    ObjectNode answer = JSON.createObjectNode();
    try {
      answer.set("value", call(what, with));
    } catch (Exception | LinkageError e) {
      ObjectNode error = answer.putObject("error");
      error.put("name", e.getClass().getSimpleName());
      error.put("message", String.valueOf(e.getMessage()));
      if (e instanceof ApiException twilio) {
        error.put("status", twilio.getStatusCode()).put("code", twilio.getCode());
      } else if (e instanceof ResendException resend) {
        error.put("status", resend.getStatusCode());
      }
      e.printStackTrace();
    }
    return answer;
  }

  private static ObjectNode call(String what, JsonNode with) throws Exception {
    return switch (what) {
      case "resend.send" -> resend(with);
      case "sendgrid.send" -> sendgrid(with);
      case "twilio.send" -> twilio(with);
      case "vonage.sms" -> vonage(with);
      default -> throw new IllegalArgumentException(what);
    };
  }

  private static String text(JsonNode with, String field) {
    return with.get(field).asText();
  }

  private static ObjectNode resend(JsonNode with) throws Exception {
    CreateEmailOptions mail =
        CreateEmailOptions.builder()
            .from(text(with, "from"))
            .to(text(with, "to"))
            .subject(text(with, "subject"))
            .text(text(with, "text"))
            .build();
    String id = new Resend(text(with, "key")).emails().send(mail).getId();
    return JSON.createObjectNode().put("id", id);
  }

  private static ObjectNode sendgrid(JsonNode with) throws Exception {
    Mail mail =
        new Mail(
            new Email(text(with, "from")),
            text(with, "subject"),
            new Email(text(with, "to")),
            new Content("text/plain", text(with, "text")));
    Request request = new Request();
    request.setMethod(Method.POST);
    request.setEndpoint("mail/send");
    request.setBody(mail.build());
    Response response = new SendGrid(text(with, "key")).api(request);
    return JSON.createObjectNode()
        .put("status", response.getStatusCode())
        .put("body", response.getBody())
        .put("id", response.getHeaders().get("X-Message-Id"));
  }

  private static ObjectNode twilio(JsonNode with) {
    TwilioRestClient client =
        new TwilioRestClient.Builder(text(with, "account"), text(with, "key")).build();
    Message sent =
        Message.creator(
                new PhoneNumber(text(with, "to")),
                new PhoneNumber(text(with, "from")),
                text(with, "text"))
            .create(client);
    return JSON.createObjectNode()
        .put("sid", sent.getSid())
        .put("status", String.valueOf(sent.getStatus()));
  }

  private static ObjectNode vonage(JsonNode with) {
    VonageClient client =
        VonageClient.builder().apiKey("abcd1234").apiSecret(text(with, "key")).build();
    SmsSubmissionResponse sent =
        client
            .getSmsClient()
            .submitMessage(
                new TextMessage(text(with, "from"), text(with, "to"), text(with, "text")));
    SmsSubmissionResponseMessage first = sent.getMessages().get(0);
    return JSON.createObjectNode()
        .put("id", first.getId())
        .put("status", first.getStatus().name())
        .put("ok", first.getStatus() == MessageStatus.OK)
        .put("error", first.getErrorText());
  }
}

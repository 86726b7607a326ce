import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.postmarkapp.postmark.client.exception.PostmarkException;
import com.postmarkapp.postmark.client.exception.PostmarkHttpException;
import com.resend.core.exception.ResendException;
import com.twilio.exception.ApiException;
import com.vonage.client.VonageApiResponseException;
import feign.FeignException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Calls SDKs as it is told, one line of JSON for each call. Where a call names no URL, the SDK calls
 * what it always does.
 */
public final class SdkDriver {
  static final ObjectMapper JSON = new ObjectMapper();

  private static final Map<String, Sdk> SDKS =
      Map.of(
          "mailgun", new MailgunSdk(),
          "postmark", new PostmarkSdk(),
          "resend", new ResendSdk(),
          "sendgrid", new SendGridSdk(),
          "twilio", new TwilioSdk(),
          "vonage", new VonageSdk());

  private SdkDriver() {}

  /** What can be done with one SDK. */
  interface Sdk {
    /** What the SDK returned, as far as tests ask; what it throws is passed on. */
    JsonNode call(String method, JsonNode with) throws Exception;
  }

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
      String[] names = what.split("\\.");
      answer.set("value", SDKS.get(names[0]).call(names[1], with));
    } catch (Exception | LinkageError e) {
      answer.set("error", seen(e));
      e.printStackTrace();
    }
    return answer;
  }

  /** What an application would see of an error. */
  private static ObjectNode seen(Throwable e) {
    ObjectNode error =
        JSON.createObjectNode()
            .put("name", e.getClass().getSimpleName())
            .put("message", String.valueOf(e.getMessage()));
    if (e instanceof ApiException twilio) {
      error.put("status", twilio.getStatusCode()).put("code", twilio.getCode());
    } else if (e instanceof ResendException resend) {
      error.put("status", resend.getStatusCode());
    } else if (e instanceof FeignException mailgun) {
      error.put("status", mailgun.status()).put("details", mailgun.contentUTF8());
    } else if (e instanceof PostmarkException postmark) {
      error.put("code", postmark.getErrorCode());
      if (postmark instanceof PostmarkHttpException http) {
        error.put("status", http.getStatusCode());
      }
    } else if (e instanceof VonageApiResponseException vonage) {
      error.put("status", vonage.getStatusCode());
      error.put("title", vonage.getTitle()).put("details", vonage.getDetail());
    }
    return error;
  }

  /** A text; null where there is none. */
  static String text(JsonNode with, String field) {
    return with.hasNonNull(field) ? with.get(field).asText() : null;
  }

  /** A text, or a list of them. */
  static List<String> texts(JsonNode with, String field) {
    List<String> all = new ArrayList<>();
    JsonNode value = with.get(field);
    if (value.isArray()) {
      value.forEach(each -> all.add(each.asText()));
    } else {
      all.add(value.asText());
    }
    return all;
  }

  static IllegalArgumentException unknown(String method) {
    return new IllegalArgumentException(method);
  }
}

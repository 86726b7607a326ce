import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.security.RequestValidator;
import com.twilio.type.PhoneNumber;
import java.util.HashMap;
import java.util.Map;

/** {@code twilio-java}, which takes an HTTP client of one's own and no URL. */
final class TwilioSdk implements SdkDriver.Sdk {
  private static final String ITS_OWN = "https://api.twilio.com";

  /** Sends what goes to Twilio elsewhere. */
  private static final class Elsewhere extends NetworkHttpClient {
    private final String url;

    Elsewhere(String url) {
      this.url = url;
    }

    @Override
    public Response makeRequest(Request request) {
      Request other = new Request(request.getMethod(), request.getUrl().replace(ITS_OWN, url));
      if (request.requiresAuthentication()) {
        other.setAuth(request.getUsername(), request.getPassword());
      }
      other.setContentType(request.getContentType());
      other.setBody(request.getBody());
      request.getQueryParams().forEach((k, all) -> all.forEach(v -> other.addQueryParam(k, v)));
      request.getPostParams().forEach((k, all) -> all.forEach(v -> other.addPostParam(k, v)));
      request.getHeaderParams().forEach((k, all) -> all.forEach(v -> other.addHeaderParam(k, v)));
      return super.makeRequest(other);
    }
  }

  @Override
  public JsonNode call(String method, JsonNode with) {
    return switch (method) {
      case "send" -> send(with);
      case "get" -> told(Message.fetcher(SdkDriver.text(with, "id")).fetch(client(with)));
      case "verify" -> verify(with);
      default -> throw SdkDriver.unknown(method);
    };
  }

  private static TwilioRestClient client(JsonNode with) {
    TwilioRestClient.Builder client =
        new TwilioRestClient.Builder(SdkDriver.text(with, "account"), SdkDriver.text(with, "key"));
    if (with.has("url")) {
      client.httpClient(new Elsewhere(SdkDriver.text(with, "url")));
    }
    return client.build();
  }

  private static ObjectNode send(JsonNode with) {
    return told(
        Message.creator(
                new PhoneNumber(SdkDriver.text(with, "to")),
                new PhoneNumber(SdkDriver.text(with, "from")),
                SdkDriver.text(with, "text"))
            .create(client(with)));
  }

  private static ObjectNode told(Message message) {
    return SdkDriver.JSON
        .createObjectNode()
        .put("sid", message.getSid())
        .put("to", message.getTo())
        .put("status", String.valueOf(message.getStatus()));
  }

  private static JsonNode verify(JsonNode with) {
    Map<String, String> params = new HashMap<>();
    with.get("params")
        .fields()
        .forEachRemaining(each -> params.put(each.getKey(), each.getValue().asText()));
    boolean ok =
        new RequestValidator(SdkDriver.text(with, "secret"))
            .validate(
                SdkDriver.text(with, "url"),
                params,
                SdkDriver.text(with.get("headers"), "x-twilio-signature"));
    return SdkDriver.JSON.getNodeFactory().booleanNode(ok);
  }
}

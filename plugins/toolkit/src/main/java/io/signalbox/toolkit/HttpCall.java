package io.signalbox.toolkit;

import io.signalbox.spi.Secret;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/**
 * One HTTP request to be made. Its text form shows the method only: URLs and headers may hold
 * secrets and recipients.
 *
 * @param method the method
 * @param url absolute, {@code http} or {@code https}
 * @param headers copied into the request; {@code Content-Length} is set by the client
 * @param body empty for none
 * @param timeout from the hand-over until the whole answer is read
 */
public record HttpCall(
    HttpMethod method, String url, MultiMap headers, Buffer body, Duration timeout) {

  /**
   * {@return a request without a body}
   *
   * @param url absolute, {@code http} or {@code https}
   * @param timeout from the hand-over until the whole answer is read
   */
  public static HttpCall get(String url, Duration timeout) {
    return new HttpCall(
        HttpMethod.GET, url, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(), timeout);
  }

  /**
   * {@return a POST of JSON}
   *
   * @param url absolute, {@code http} or {@code https}
   * @param body to send
   * @param timeout from the hand-over until the whole answer is read
   */
  public static HttpCall postJson(String url, JsonObject body, Duration timeout) {
    return post(url, "application/json", body.toBuffer(), timeout);
  }

  /**
   * {@return a POST of a form}
   *
   * @param url absolute, {@code http} or {@code https}
   * @param form to send
   * @param timeout from the hand-over until the whole answer is read
   */
  public static HttpCall postForm(String url, FormBody form, Duration timeout) {
    return post(url, "application/x-www-form-urlencoded", form.toBuffer(), timeout);
  }

  private static HttpCall post(String url, String type, Buffer body, Duration timeout) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().set(HttpHeaders.CONTENT_TYPE, type);
    return new HttpCall(HttpMethod.POST, url, headers, body, timeout);
  }

  /**
   * {@return the same with one more header} A value that cannot stand in a header makes the call
   * end as {@link UnansweredCodes#BAD_REQUEST}.
   *
   * @param name of the header
   * @param value of the header
   */
  public HttpCall withHeader(String name, String value) {
    MultiMap more = MultiMap.caseInsensitiveMultiMap().addAll(headers).set(name, value);
    return new HttpCall(method, url, more, body, timeout);
  }

  /**
   * {@return the same with a bearer token}
   *
   * @param token revealed into the header
   */
  public HttpCall withBearer(Secret token) {
    return withHeader("Authorization", "Bearer " + token.reveal());
  }

  /**
   * {@return the same with basic authentication}
   *
   * @param user without a colon
   * @param password revealed into the header
   */
  public HttpCall withBasic(String user, Secret password) {
    byte[] pair = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
    return withHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  @Override
  public String toString() {
    return "HttpCall[" + method + " " + body.length() + " bytes]";
  }
}

package io.signalbox.gateway.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormFieldsTest {
  @Test
  void bothWritingsOfASpaceAreOne() {
    FormFields node = read("To=%2B14155552345&Body=Hi%20%26%20bye;%20a%3Db");
    FormFields java = read("Body=Hi+%26+bye%3B+a%3Db&To=%2B14155552345");
    assertThat(node.one("Body")).isEqualTo("Hi & bye; a=b");
    assertThat(java.values()).isEqualTo(node.values());
    assertThat(node.names()).containsExactly("To", "Body");
    assertThat(node.one("From")).isNull();
    assertThat(read("").names()).isEmpty();
  }

  @Test
  void aFieldMayStandThereOftenWhereThatIsAsked() {
    FormFields form = read("MediaUrl=a&MediaUrl=b");
    assertThat(form.all("MediaUrl")).containsExactly("a", "b");
    assertThatThrownBy(() -> form.one("MediaUrl"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("MediaUrl must not stand there more than once");
  }

  @Test
  void partsWithAndWithoutATypeAreRead() {
    String body =
        "--b\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n7\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n"
            + "Content-Type: text/plain; charset=UTF-8\r\n\r\nGr\u00fc\u00dfe\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.png\"\r\n"
            + "Content-Type: image/png\r\n\r\nbytes\r\n--b--\r\n";
    FormFields form = FormFields.of(Requests.of(Map.of(), "multipart/form-data; boundary=b", body));
    assertThat(form.one("chat_id")).isEqualTo("7");
    assertThat(form.one("text")).isEqualTo("Gr\u00fc\u00dfe");
    assertThat(form.names()).containsExactly("chat_id", "text", "photo");
    FormFields.File file = form.files().get(0);
    assertThat(List.of(file.filename(), file.mediaType(), file.content().toString()))
        .containsExactly("a.png", "image/png", "bytes");
  }

  @Test
  void whatIsNoFormIsRefused() {
    assertThat(status("application/json", "{}")).isEqualTo(415);
    assertThat(status("application/x-www-form-urlencoded", "a=%zz")).isEqualTo(400);
    assertThat(status("application/x-www-form-urlencoded", "a=1&".repeat(3_000))).isEqualTo(400);
    assertThat(status("multipart/form-data", "--b--")).isEqualTo(400);
    assertThat(status("multipart/form-data; boundary=b", "no boundary here")).isEqualTo(400);
    assertThat(status("multipart/form-data; boundary=b", part("a", "1"))).isEqualTo(400);
  }

  /** It is not closed. */
  private static String part(String name, String value) {
    return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value;
  }

  private static int status(String type, String body) {
    try {
      FormFields form = FormFields.of(Requests.of(Map.of(), type, body));
      throw new AssertionError("was read: " + form.names());
    } catch (RefusedException e) {
      return e.refusal().status();
    }
  }

  private static FormFields read(String body) {
    return FormFields.of(Requests.form(Map.of(), body));
  }
}

package io.signalbox.gateway.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Channel;
import io.signalbox.spi.MailAddress;
import io.signalbox.spi.MailOptions;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.OnUnknown;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationParserTest {
  private static final Instant NOW = Instant.parse("2026-05-04T09:30:00Z");
  private static final String SAMPLE =
      "{\"notification_type\":\"status_changed\",\"channel\":\"telegram\","
          + "\"recipient_telegram_id\":123456789,\"title\":\"Test Notification\","
          + "\"message\":\"Production pipeline test\",\"priority\":2}";
  private static final String MAIL =
      "'notification_type':'t','channel':'email','recipient_email':'a@example.com','message':'m'";

  private final NotificationParser parser =
      new NotificationParser(
          Clock.fixed(NOW, ZoneOffset.UTC),
          name -> name.equals("otp") ? null : "must be one of otp");

  @Test
  void acceptsTheSampleOfTheDesignAsItStands() {
    SendNotification sample = valid(SAMPLE);
    assertThat(sample.type()).isEqualTo("status_changed");
    assertThat(sample.channel()).isEqualTo(Channel.TELEGRAM);
    assertThat(sample.recipients()).containsExactly(new Recipient.TelegramChat(123456789));
    assertThat(sample.priority()).isEqualTo(Priority.HIGH);
    assertThat(sample.content().title()).isEqualTo("Test Notification");
  }

  @Test
  void readsEveryField() {
    SendNotification all =
        valid(
            quoted(
                "{'notification_type':'order','channel':'email','recipient_email':'a@example.com',"
                    + "'recipient_phone':'+15558675310','recipient_telegram_id':'-100123','title':'T',"
                    + "'message':'M','html':'<p>','from_email':'orders@Example.com','from_name':'Orders',"
                    + "'reply_to':['a@example.com',{'name':'B, \u00fc','email':'b@example.com'},{'email':'c@example.com','name':null}],'priority':'urgent','fallback_channels':['sms','telegram'],"
                    + "'send_at':'2026-05-04T12:00:00+02:00','expires_at':'2026-05-05T00:00:00Z',"
                    + "'confirm_within_seconds':60,'on_unknown':'stop','provider':'p','policy':'otp','max_attempts':5,"
                    + "'metadata':{'a':1,'b':{'c':[true,'x',2.5]},'n':null},'tags':{'k':'v'},'country':'US',"
                    + "'ignore_suppression':true}"));
    assertThat(all.ignoreSuppression()).isTrue();
    assertThat(all.recipients()).hasSize(3).contains(new Recipient.TelegramChat(-100123));
    assertThat(all.fallbackChannels()).containsExactly(Channel.SMS, Channel.TELEGRAM);
    assertThat(all.sendAt()).isEqualTo("2026-05-04T10:00:00Z");
    assertThat(all.expiresAt()).isEqualTo("2026-05-05T00:00:00Z");
    assertThat(all.confirmWithin()).isEqualTo(Duration.ofSeconds(60));
    assertThat(all.mail())
        .isEqualTo(
            new MailOptions(
                "orders@Example.com",
                "Orders",
                List.of(
                    new MailAddress("a@example.com", null),
                    new MailAddress("b@example.com", "B, \u00fc"),
                    new MailAddress("c@example.com", null))));
    assertThat(all.onUnknown()).isEqualTo(OnUnknown.STOP);
    assertThat(all.country()).isEqualTo("us");
    assertThat(all.tags()).isEqualTo(Map.of("k", "v"));
    assertThat(all.metadata()).isEqualTo(Map.of("a", 1, "b", Map.of("c", List.of(true, "x", 2.5))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{} | /notification_type | is required",
        "{} | /channel | is required",
        "{} | /message | is required",
        "{'channel':'pigeon'} | /channel | must be one of",
        "{'channel':'number'} | /channel | must be one of",
        "{'channel':5} | /channel | must be one of",
        "{'channel':'sms'} | /recipient_phone | because channel is sms",
        "{'channel':'email','fallback_channels':['telegram']} | /recipient_telegram_id | a fallback channel is telegram",
        "{'fallback_channels':'sms'} | /fallback_channels | must be an array",
        "{'fallback_channels':['sms','sms']} | /fallback_channels/1 | stands there already",
        "{'channel':'sms','fallback_channels':['sms']} | /fallback_channels | must not repeat",
        "{'fallback_channels':[{'a':1}]} | /fallback_channels/0 | must be one of",
        "{'recipient_email':'no'} | /recipient_email | must be one mail address",
        "{'recipient_email':'a@b@c'} | /recipient_email | must be one mail address",
        "{'recipient_email':'a b@c.de'} | /recipient_email | must be one mail address",
        "{'recipient_email':'a@c.de, b@c.de'} | /recipient_email | must be one mail address",
        "{'recipient_phone':'+1 555 867 5310'} | /recipient_phone | without spaces",
        "{'recipient_phone':'15558675310'} | /recipient_phone | plus sign",
        "{'recipient_phone':'+0558675310'} | /recipient_phone | E.164",
        "{'recipient_phone':'+1555'} | /recipient_phone | 7 to 15 digits",
        "{'recipient_telegram_id':'@alex'} | /recipient_telegram_id | must be the number of a chat",
        "{'recipient_telegram_id':0} | /recipient_telegram_id | must be the number of a chat",
        "{'recipient_telegram_id':1.5} | /recipient_telegram_id | must be the number of a chat",
        "{'recipient_telegram_id':99999999999999999999} | /recipient_telegram_id | must be the number",
        "{'priority':5} | /priority | must be urgent, high, normal or low, or 1 to 4",
        "{'priority':'2'} | /priority | must be urgent",
        "{'priority':true} | /priority | must be urgent",
        "{'channel':'sms','html':'x'} | /html | only for the channel email",
        "{'channel':'sms','from_email':'a@b.de'} | /from_email | only for the channel email",
        "{'channel':'sms','from_name':'a'} | /from_name | only for the channel email",
        "{'channel':'sms','reply_to':['a@b.de']} | /reply_to | only for the channel email",
        "{'from_email':'Alex <a@b.de>'} | /from_email | must be one mail address in ASCII",
        "{'from_email':'\u00fc@b.de'} | /from_email | must be one mail address in ASCII",
        "{'from_email':'a@b\u00fc.de'} | /from_email | must be one mail address in ASCII",
        "{'from_email':'a..b@b.de'} | /from_email | must be one mail address in ASCII",
        "{'from_email':'.a@b.de'} | /from_email | must be one mail address in ASCII",
        "{'from_email':'a@localhost'} | /from_email | must be one mail address in ASCII",
        "{'from_email':'a@b.-c.de'} | /from_email | must be one mail address in ASCII",
        "{'from_email':'a@b_c.de'} | /from_email | must be one mail address in ASCII",
        "{'from_name':'a\\r\\nBcc: b@c.de'} | /from_name | must be one line",
        "{'reply_to':'a@b.de'} | /reply_to | must be an array of mail addresses",
        "{'reply_to':[]} | /reply_to | must have 1 to 10 addresses",
        "{'reply_to':['a@b.de','a@b.de']} | /reply_to/1 | stands there already",
        "{'reply_to':['a@b.de',7]} | /reply_to/1 | must be a text",
        "{'reply_to':['A <a@b.de>']} | /reply_to/0 | must be one mail address in ASCII",
        "{'reply_to':['a@b.de',{'email':'a@b.de','name':'A'}]} | /reply_to/1 | stands there already",
        "{'reply_to':[{'name':'A'}]} | /reply_to/0/email | is required",
        "{'reply_to':[{'email':null}]} | /reply_to/0/email | must be a text",
        "{'reply_to':[{'email':'a@b.de','name':''}]} | /reply_to/0/name | must not be blank",
        "{'reply_to':[{'email':'a@b.de','name':'a\\r\\nBcc: b@c.de'}]} | /reply_to/0/name | must be one line",
        "{'reply_to':[{'email':'a@b.de','email':'c@b.de'}]} | /reply_to/0/email | stands there twice",
        "{'reply_to':[{'email':'a@b.de','nam':'A'}]} | /reply_to/0/nam | did you mean name",
        "{'channel':'email','fallback_channels':['sms'],'html':'x'} | /message | not every channel can carry html",
        "{'title':'a\\nb'} | /title | must be one line",
        "{'title':7} | /title | must be a text",
        "{'message':'   '} | /message | must not be blank",
        "{'send_at':'tomorrow'} | /send_at | RFC 3339",
        "{'send_at':'2030-01-01T00:00:00Z'} | /send_at | less than 366 days ahead",
        "{'expires_at':'2026-05-04T09:00:00Z'} | /expires_at | must be in the future",
        "{'expires_at':'2026-05-04T10:00:00Z','send_at':'2026-05-04T11:00:00Z'} | /expires_at | must end after send_at",
        "{'expires_at':'2026-05-05T10:00:00Z','ttl_seconds':5} | /ttl_seconds | must not stand beside expires_at",
        "{'ttl_seconds':0} | /ttl_seconds | from 1 to",
        "{'ttl_seconds':'5'} | /ttl_seconds | must be a whole number",
        "{'confirm_within_seconds':1e3} | /confirm_within_seconds | must be a whole number",
        "{'on_unknown':'panic'} | /on_unknown | failover, wait or stop",
        "{'policy':'opt'} | /policy | must be one of otp",
        "{'max_attempts':0} | /max_attempts | must be a whole number from 1 to 999",
        "{'country':'usa'} | /country | ISO 3166-1",
        "{'metadata':[]} | /metadata | must be an object",
        "{'metadata':{'a':1,'a':2}} | /metadata/a | stands there twice",
        "{'tags':{'a':1}} | /tags/a | must be a text",
        "{'tags':'x'} | /tags | must be an object of texts or an array of texts",
        "{'tags':['ok',5]} | /tags/1 | must be a text",
        "{'title':'a','title':'b'} | /title | stands there twice",
        "{'mesage':'x'} | /mesage | did you mean message?",
        "{'x/y~z':1} | /x~1y~0z | is not a known field",
      })
  void tellsWhatWouldBeRightAndWhere(String body, String pointer, String detail) {
    assertThat(invalid(quoted(body)).problems())
        .anySatisfy(
            problem -> {
              assertThat(problem.pointer()).isEqualTo(pointer);
              assertThat(problem.detail()).contains(detail);
            });
  }

  @Test
  void reportsAllMistakesAtOnce() {
    ParsedNotification.Invalid invalid =
        invalid(quoted("{'channel':'sms','priority':9,'title':'','nope':{'deep':[1,2]}}"));
    assertThat(invalid.status()).isEqualTo(422);
    assertThat(invalid.problems())
        .extracting(FieldProblem::pointer)
        .containsExactlyInAnyOrder(
            "/priority", "/title", "/nope", "/notification_type", "/recipient_phone", "/message");
  }

  @Test
  void takesNullForNotThere() {
    assertThat(valid(quoted("{" + MAIL + ",'title':null,'ttl_seconds':null}")).content().title())
        .isNull();
  }

  @Test
  void countsTtlFromTheAcceptanceAlsoWhenReadAgain() {
    String body = quoted("{" + MAIL + ",'ttl_seconds':60}");
    assertThat(valid(body).expiresAt()).isEqualTo(NOW.plusSeconds(60));
    assertThat(
            new NotificationJson()
                .read(Buffer.buffer(body), "default", NOW.toEpochMilli())
                .expiresAt())
        .isEqualTo(NOW.plusSeconds(60));
  }

  @Test
  void readsStoredNotificationsWhoseTimeHasPassed() {
    String body = quoted("{" + MAIL + ",'expires_at':'2020-01-01T00:00:00Z'}");
    assertThat(new NotificationJson().read(Buffer.buffer(body), "default", 0).expiresAt())
        .isEqualTo("2020-01-01T00:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"a\"",
        "{\"a\":}",
        "{}{}",
        "{} x",
        "nonsense",
        "{\"a\":01}",
        "\"",
        "{'a':1}"
      })
  void callsWhatIsNotJsonMalformed(String body) {
    ParsedNotification.Invalid invalid = invalid(body);
    assertThat(invalid.malformed()).isTrue();
    assertThat(invalid.status()).isEqualTo(400);
    assertThat(invalid.problems()).hasSize(1);
  }

  @Test
  void saysWhereJsonIsBroken() {
    assertThat(invalid("{\n  \"title\": nope}").problems().get(0).detail())
        .contains("line 2, column");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "5", "\"text\"", "null", "true", "[{\"a\":1}]"})
  void wantsAnObject(String body) {
    ParsedNotification.Invalid invalid = invalid(body);
    assertThat(invalid.status()).isEqualTo(422);
    assertThat(invalid.problems()).containsExactly(new FieldProblem("", "must be a JSON object"));
  }

  @Test
  void refusesOtherEncodings() {
    assertThat(parse(Buffer.buffer(SAMPLE.getBytes(StandardCharsets.UTF_16LE))))
        .isInstanceOf(ParsedNotification.Invalid.class);
    assertThat(parse(Buffer.buffer(SAMPLE.getBytes(StandardCharsets.UTF_16))))
        .isInstanceOf(ParsedNotification.Invalid.class);
    assertThat(parse(Buffer.buffer(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'})))
        .isInstanceOf(ParsedNotification.Invalid.class);
  }

  @Test
  void boundsMetadataDepthAndNumberOfProblems() {
    String large = "x".repeat(16 << 10);
    assertThat(invalid(quoted("{" + MAIL + ",'metadata':{'a':'" + large + "'}}")).problems())
        .extracting(FieldProblem::pointer)
        .containsExactly("/metadata");
    String deep = "{'a':".repeat(100) + "1" + "}".repeat(100);
    assertThat(invalid(quoted("{" + MAIL + ",'metadata':" + deep + "}")).malformed()).isTrue();
    StringBuilder many = new StringBuilder("{");
    for (int i = 0; i < 5000; i++) {
      many.append("\"unknown").append(i).append("\":1,");
    }
    assertThat(invalid(many.append("\"z\":1}").toString()).problems())
        .hasSize(NotificationParser.MAX_PROBLEMS);
  }

  @Test
  void noInputMakesItThrow() {
    String everything =
        quoted(
            "{'notification_type':'order','channel':'email','recipient_email':'a@example.com','title':'T',"
                + "'message':'M','fallback_channels':['sms'],'send_at':'2026-05-04T12:00:00+02:00',"
                + "'metadata':{'a':[1,{'b':null}]},'tags':['x'],'priority':1,'country':'us','ttl_seconds':9}");
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    byte[] original = everything.getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = java.util.Arrays.copyOf(original, random.nextInt(original.length + 1));
      for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      ParsedNotification parsed = parse(Buffer.buffer(bytes));
      if (parsed instanceof ParsedNotification.Invalid invalid) {
        assertThat(invalid.problems()).as("seed " + seed).isNotEmpty();
      }
    }
  }

  private SendNotification valid(String body) {
    ParsedNotification parsed = parse(Buffer.buffer(body));
    assertThat(parsed).isInstanceOf(ParsedNotification.Valid.class);
    return ((ParsedNotification.Valid) parsed).notification();
  }

  private ParsedNotification.Invalid invalid(String body) {
    ParsedNotification parsed = parse(Buffer.buffer(body));
    assertThat(parsed).isInstanceOf(ParsedNotification.Invalid.class);
    return (ParsedNotification.Invalid) parsed;
  }

  private ParsedNotification parse(Buffer content) {
    return parser.parse(content, "default", null);
  }

  private static String quoted(String body) {
    return body.replace('\'', '"');
  }
}

package io.signalbox.gateway.compat.mailgun;

import io.signalbox.gateway.compat.Asked;
import io.signalbox.gateway.compat.AskedNotification;
import io.signalbox.gateway.compat.DialectAnswer;
import io.signalbox.gateway.compat.DialectCall;
import io.signalbox.gateway.compat.DialectIds;
import io.signalbox.gateway.compat.DialectRequest;
import io.signalbox.gateway.compat.FormFields;
import io.signalbox.gateway.compat.Mistakes;
import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.compat.RefusedException;
import io.signalbox.gateway.compat.Taken;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.regex.Pattern;

/** {@code POST /v3/{domain}/messages}. */
final class MailgunSend implements DialectCall.Sending {
  private static final int MAX_BYTES = 2 << 20;
  private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9.-]{1,253}");

  @Override
  public String path() {
    return "/v3/:domain/messages";
  }

  @Override
  public int maxBytes() {
    return MAX_BYTES;
  }

  @Override
  public Asked read(DialectRequest request) {
    request.refuseQuery();
    String domain = domain(request);
    if (!DOMAIN.matcher(domain).matches()) {
      throw new RefusedException(new Refusal(404, "Domain not found"));
    }
    FormFields form = FormFields.of(request);
    Mistakes mistakes = new Mistakes();
    MailgunFields.check(form, mistakes);
    MailgunMail mail = new MailgunMail(form, domain, mistakes);
    List<AskedNotification> all = mail.read();
    boolean test = mail.isTest();
    mistakes.check();
    return new Asked(all, true, null, test);
  }

  @Override
  public DialectAnswer answer(DialectRequest request, Asked asked, List<Taken> taken) {
    if (!(asked.messages(taken).get(0) instanceof Taken.Accepted accepted)) {
      throw new RefusedException(((Taken.Refused) asked.messages(taken).get(0)).refusal());
    }
    return DialectAnswer.json(
        200,
        new JsonObject()
            .put("id", "<" + DialectIds.hex(accepted.id()) + "@" + domain(request) + ">")
            .put("message", "Queued. Thank you."));
  }

  private static String domain(DialectRequest request) {
    return request.path().getOrDefault("domain", "");
  }
}

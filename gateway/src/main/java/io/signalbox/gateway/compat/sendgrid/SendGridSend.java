package io.signalbox.gateway.compat.sendgrid;

import io.signalbox.gateway.compat.Asked;
import io.signalbox.gateway.compat.AskedNotification;
import io.signalbox.gateway.compat.DialectAnswer;
import io.signalbox.gateway.compat.DialectCall;
import io.signalbox.gateway.compat.DialectIds;
import io.signalbox.gateway.compat.DialectRequest;
import io.signalbox.gateway.compat.JsonFields;
import io.signalbox.gateway.compat.Mistakes;
import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.compat.RefusedException;
import io.signalbox.gateway.compat.Taken;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code POST /v3/mail/send}. */
final class SendGridSend implements DialectCall.Sending {
  private static final int MAX_BYTES = 2 << 20;

  @Override
  public String path() {
    return "/v3/mail/send";
  }

  @Override
  public int maxBytes() {
    return MAX_BYTES;
  }

  @Override
  public Asked read(DialectRequest request) {
    request.refuseQuery();
    if (!(JsonFields.body(request.body()) instanceof JsonObject json)) {
      throw new RefusedException(new Refusal(400, "the body must be an object"));
    }
    Mistakes mistakes = new Mistakes();
    JsonFields mail = new JsonFields(json, SendGridFields.TABLE, mistakes);
    List<AskedNotification> all = new SendGridMail(mail).read();
    boolean sandbox = isSandbox(mail);
    mistakes.check();
    return new Asked(all, true, null, sandbox);
  }

  private static boolean isSandbox(JsonFields mail) {
    JsonFields settings = mail.object("mail_settings");
    JsonFields sandbox = settings == null ? null : settings.object("sandbox_mode");
    return sandbox != null && sandbox.flag("enable");
  }

  @Override
  public DialectAnswer answer(DialectRequest request, Asked asked, List<Taken> taken) {
    if (!(asked.messages(taken).get(0) instanceof Taken.Accepted accepted)) {
      throw new RefusedException(((Taken.Refused) asked.messages(taken).get(0)).refusal());
    }
    return asked.onlyChecked()
        ? DialectAnswer.empty(200)
        : DialectAnswer.empty(202).with("X-Message-Id", DialectIds.base64(accepted.id()));
  }
}

package io.signalbox.simulator;

import io.signalbox.simulator.calcom.CalComAccount;
import io.signalbox.simulator.fivesim.FiveSimAccount;
import io.signalbox.simulator.mailgun.MailgunAccount;
import io.signalbox.simulator.messageapi.MessageApiAccount;
import io.signalbox.simulator.postmark.PostmarkAccount;
import io.signalbox.simulator.resend.ResendAccount;
import io.signalbox.simulator.sendgrid.SendGridAccount;
import io.signalbox.simulator.ses.SesAccount;
import io.signalbox.simulator.smsactivate.SmsActivateAccount;
import io.signalbox.simulator.smtp.SmtpAccount;
import io.signalbox.simulator.telegram.TelegramAccount;
import io.signalbox.simulator.twilio.TwilioAccount;
import io.signalbox.simulator.vonage.VonageAccount;
import io.signalbox.simulator.whatsapp.WhatsAppAccount;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;

/** The credentials of all simulated accounts. */
record Accounts(
    SendGridAccount sendgrid,
    ResendAccount resend,
    TwilioAccount twilio,
    VonageAccount vonage,
    TelegramAccount telegram,
    WhatsAppAccount whatsapp,
    MailgunAccount mailgun,
    PostmarkAccount postmark,
    MessageApiAccount webhook,
    SmtpAccount smtp,
    SesAccount ses,
    SmsActivateAccount smsactivate,
    FiveSimAccount fivesim,
    CalComAccount calcom) {

  static Accounts random(SecureRandom random) {
    return new Accounts(
        SendGridAccount.random(random),
        ResendAccount.random(random),
        TwilioAccount.random(random),
        VonageAccount.random(random),
        TelegramAccount.random(random),
        WhatsAppAccount.random(random),
        MailgunAccount.random(random),
        PostmarkAccount.random(random),
        MessageApiAccount.random(random),
        SmtpAccount.random(random),
        SesAccount.random(random),
        SmsActivateAccount.random(random),
        FiveSimAccount.random(random),
        CalComAccount.random(random));
  }

  static Accounts fromState(JsonObject state) {
    return new Accounts(
        SendGridAccount.fromState(state.getJsonObject("sendgrid")),
        ResendAccount.fromState(state.getJsonObject("resend")),
        TwilioAccount.fromState(state.getJsonObject("twilio")),
        VonageAccount.fromState(state.getJsonObject("vonage")),
        TelegramAccount.fromState(state.getJsonObject("telegram")),
        WhatsAppAccount.fromState(state.getJsonObject("whatsapp")),
        MailgunAccount.fromState(state.getJsonObject("mailgun")),
        PostmarkAccount.fromState(state.getJsonObject("postmark")),
        MessageApiAccount.fromState(state.getJsonObject("webhook")),
        SmtpAccount.fromState(state.getJsonObject("smtp")),
        SesAccount.fromState(state.getJsonObject("ses")),
        SmsActivateAccount.fromState(state.getJsonObject("smsactivate")),
        FiveSimAccount.fromState(state.getJsonObject("fivesim")),
        CalComAccount.fromState(state.getJsonObject("calcom")));
  }

  JsonObject toState() {
    return new JsonObject()
        .put("sendgrid", sendgrid.toState())
        .put("resend", resend.toState())
        .put("twilio", twilio.toState())
        .put("vonage", vonage.toState())
        .put("telegram", telegram.toState())
        .put("whatsapp", whatsapp.toState())
        .put("mailgun", mailgun.toState())
        .put("postmark", postmark.toState())
        .put("webhook", webhook.toState())
        .put("smtp", smtp.toState())
        .put("ses", ses.toState())
        .put("smsactivate", smsactivate.toState())
        .put("fivesim", fivesim.toState())
        .put("calcom", calcom.toState());
  }
}

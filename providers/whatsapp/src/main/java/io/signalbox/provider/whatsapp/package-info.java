/** WhatsApp through Meta's Business Cloud API: texts, templates, and signed webhooks. */
@NullMarked
package io.signalbox.provider.whatsapp;

import org.jspecify.annotations.NullMarked;

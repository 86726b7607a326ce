/** Delivers mail through Amazon SES (API v2), and reads its events as Amazon SNS delivers them. */
@NullMarked
package io.signalbox.provider.ses;

import org.jspecify.annotations.NullMarked;

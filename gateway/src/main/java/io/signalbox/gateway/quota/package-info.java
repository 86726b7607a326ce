/** Quotas: how many notifications tenants and API keys may send in a day and in a month. */
@NullMarked
package io.signalbox.gateway.quota;

import org.jspecify.annotations.NullMarked;

package io.signalbox.provider.ses;

import io.signalbox.spi.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What requests are signed with.
 *
 * @param accessKeyId the name of the key; goes along in the clear
 * @param secretAccessKey never leaves the process
 * @param sessionToken goes along with keys that are good for a time; null with lasting ones
 */
record AwsCredentials(String accessKeyId, Secret secretAccessKey, @Nullable Secret sessionToken) {}

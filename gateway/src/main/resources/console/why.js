// Why a provider stands as it does: the gateway says it in sentences, the first is the most important.

const TONES = { red: "danger", amber: "caution", green: "clear", grey: "idle" };

export const standing = (provider) => TONES[provider.lamp] ?? "idle";
export const why = (provider) => provider.why ?? [];

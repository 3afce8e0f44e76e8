using System.Collections.Frozen;

namespace Plura.Messaging;

/// <summary>The alphabet of GSM 03.38: characters that cost one septet, and those that cost two because an escape stands before them.</summary>
public static class Gsm
{
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string Extended = "\f^{}\\[~]|€";

    private static readonly FrozenDictionary<char, int> Costs =
        Basic.Select(c => (c, 1)).Concat(Extended.Select(c => (c, 2))).ToFrozenDictionary(c => c.Item1, c => c.Item2);

    /// <summary>How many septets the character takes; 0 where the alphabet has no such character.</summary>
    public static int Septets(char c) => Costs.GetValueOrDefault(c);
}
